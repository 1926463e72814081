import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createGit } from '../../platform/git/git-state.ts';
import { isWindows } from '../../platform/process/is-windows.ts';
import { type Bench, holds, Lacking } from './bench.ts';

/** A repository whose configuration names a program. Plain git runs it, which shows that the trap works. */
export async function proveGit({ folder, env }: Bench): Promise<string> {
  if (isWindows()) throw new Lacking('Tried on Linux and macOS only.');
  const repository = join(folder, 'repository');
  const program = join(folder, 'program');
  const mark = join(folder, 'ran');
  mkdirSync(repository);
  writeFileSync(program, `#!/bin/sh\n: > '${mark}'\n`, { mode: 0o700 });
  const { GIT_DIR: _, GIT_WORK_TREE: __, ...plain } = env;
  const git = (...args: string[]) => spawnSync('git', args, { cwd: repository, env: plain, stdio: 'ignore' });
  if (git('init', '-q').status !== 0) throw new Lacking('git isn’t here.');
  git('config', 'core.fsmonitor', program);
  writeFileSync(join(repository, '.env'), '');
  git('add', '.env');
  const isReal = existsSync(mark);
  rmSync(mark, { force: true });
  const state = await createGit().state(join(repository, '.env'));
  holds(!existsSync(mark), 'A program that the repository names was run.');
  holds(state === 'tracked', 'A tracked file was not recognized.');
  return `a repository that names a program: ${isReal ? 'plain git runs it, ' : ''}Varvel doesn’t`;
}
