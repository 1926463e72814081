import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

/**
 * Whether a Mac program is signed by a developer whom Apple knows, rather than ad hoc or not at all. `codesign` writes
 * what it finds to stderr: `TeamIdentifier=not set` for the latter.
 * @param program the program's .app folder, or a file in it
 */
export async function hasTeamSignature(program: string): Promise<boolean> {
  try {
    const { stderr } = await promisify(execFile)('/usr/bin/codesign', ['--display', '--verbose=2', program]);
    return isTeamSignature(stderr);
  } catch {
    return false;
  }
}

/** @param report what codesign says of a program */
export const isTeamSignature = (report: string): boolean => /^TeamIdentifier=(?!not set$).+$/m.test(report);
