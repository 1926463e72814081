import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** The tests see what users get: the built window. */
export async function setup(): Promise<void> {
  await run(process.execPath, [join(import.meta.dirname, '..', '..', 'scripts', 'build-renderer.ts')]);
}
