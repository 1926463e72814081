import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder } from './temporary-folder.ts';

const module = new URL('../../../platform/process/filled-input.ts', import.meta.url).href;

test('a program has all of its input, though who started it is killed right after', async () => {
  using folder = temporaryFolder();
  const [slow, out] = [join(folder.path, 'slow'), join(folder.path, 'out')];
  const script = `
    import { spawn } from 'node:child_process';
    const { filledInput } = await import(${JSON.stringify(module)});
    const input = await filledInput('id:secret');
    spawn('/bin/sh', ['-c', 'while [ ! -e "$0" ]; do sleep 0.05; done; cat > "$1.new"; mv "$1.new" "$1"', ${JSON.stringify(slow)}, ${JSON.stringify(out)}], { stdio: [input, 'ignore', 'ignore'] });
    process.kill(process.pid, 'SIGKILL');`;
  const starter = spawn(process.execPath, ['--input-type=module', '-e', script], { stdio: 'ignore' });
  const [, signal] = await new Promise<[number | null, string | null]>((resolve) =>
    starter.once('exit', (code, by) => resolve([code, by])),
  );
  expect(signal).toBe('SIGKILL');
  spawn('touch', [slow]);
  await expect.poll(() => existsSync(out)).toBe(true);
  expect(readFileSync(out, 'utf8')).toBe('id:secret');
});
