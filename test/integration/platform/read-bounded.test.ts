import { execFileSync } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readBounded } from '../../../platform/files/read-bounded.ts';
import { temporaryFolder } from './temporary-folder.ts';

test('reading stops at the limit, tells a missing file and takes a pipe', async () => {
  using folder = temporaryFolder();
  const path = join(folder.path, 'file');
  expect(await readBounded(path, 10)).toBeNull();
  writeFileSync(path, 'x'.repeat(10));
  expect((await readBounded(path, 10))?.length).toBe(10);
  await expect(readBounded(path, 9)).rejects.toMatchObject({ code: 'invalid' });
  await expect(readBounded(folder.path, 9)).rejects.toMatchObject({ code: 'invalid' });
  if (existsSync('/dev/zero'))
    await expect(readBounded('/dev/zero', 100_000)).rejects.toMatchObject({ code: 'invalid' });

  const pipe = join(folder.path, 'pipe');
  execFileSync('mkfifo', [pipe]);
  const [bytes] = await Promise.all([readBounded(pipe, 10), writeAfterOpen(pipe)]);
  expect(bytes?.toString()).toBe('from pipe');
});

async function writeAfterOpen(pipe: string): Promise<void> {
  const handle = await open(pipe, 'w');
  await handle.write('from pipe');
  await handle.close();
}
