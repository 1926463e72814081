import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder } from '../platform/temporary-folder.ts';

/** What a program prints that is given a file of ours, in a folder of its own. */
export function readBy(
  program: string,
  args: (file: string, folder: string) => string[],
  { name, content, env = {} }: { name: string; content: string; env?: NodeJS.ProcessEnv },
): string {
  using folder = temporaryFolder();
  const file = join(folder.path, name);
  const home = join(folder.path, 'home');
  mkdirSync(home);
  writeFileSync(file, content);
  chmodSync(file, 0o600);
  return execFileSync(program, args(file, folder.path), {
    cwd: folder.path,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
    env: { PATH: process.env.PATH, HOME: home, LANG: 'C.UTF-8', ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
}
