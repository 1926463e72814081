import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { Program } from './program.ts';

const run = promisify(execFile);

/** A folder `tracked` whose env files git has. */
export async function trackFiles({ machine }: Program): Promise<void> {
  const cwd = await machine.folder('tracked');
  await machine.write('tracked/.env', 'PORT=3000\n');
  await machine.write('tracked/.env.local', 'PORT=3001\n');
  await run('git', ['init', '--quiet'], { cwd });
  await run('git', ['add', '--force', '.'], { cwd });
}
