import { existsSync } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';

/** Not from PATH: this runs with the user's rights beside a file that may be anybody's. */
const programs = ['/usr/bin/cp', '/bin/cp', '/run/current-system/sw/bin/cp'];
const patienceMs = 2000;

/**
 * Copies a file's extended attributes to another. Node can't read them, so GNU's cp does (3 ms), on Linux only. It gets
 * the open files, not their names, which could lead elsewhere by then. Where it can't (no such cp, a file system
 * without attributes), they are not copied.
 * @param withRights also its mode and its access list: with a list, the mode's group bits are the most that the list
 * gives, and without it they would be the group's own
 * @returns false when it could not be tried or not be finished: a list may be missing
 */
export async function copyAttributes(
  from: FileHandle,
  to: FileHandle,
  withRights: boolean,
): Promise<boolean> {
  const program = process.platform === 'linux' ? programs.find((path) => existsSync(path)) : undefined;
  if (program === undefined) return true;
  const { spawn } = await import('node:child_process');
  const args = [
    '--attributes-only',
    withRights ? '--preserve=mode,xattr' : '--preserve=xattr',
    '/proc/self/fd/3',
    '/proc/self/fd/4',
  ];
  const { promise, resolve } = Promise.withResolvers<boolean>();
  const copying = spawn(program, args, {
    cwd: '/',
    env: {},
    stdio: ['ignore', 'ignore', 'ignore', from.fd, to.fd],
    timeout: patienceMs,
    killSignal: 'SIGKILL',
  });
  copying.once('error', () => resolve(false));
  copying.once('exit', (code) => resolve(code !== null));
  return promise;
}
