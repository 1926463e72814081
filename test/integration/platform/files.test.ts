import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readUpTo, writeAtomically } from '../../../platform/files.ts';
import { temporaryFolder } from './temporary-folder.ts';

const modeOf = (path: string) => statSync(path).mode & 0o777;

test('a file that is written is private, and a stricter one stays as strict', async () => {
  using folder = temporaryFolder();
  const path = join(folder.path, 'file');
  await writeAtomically(path, 'one');
  expect([readFileSync(path, 'utf8'), modeOf(path)]).toEqual(['one', 0o600]);
  await writeAtomically(path, 'two', { mode: 0o644 });
  expect([readFileSync(path, 'utf8'), modeOf(path)]).toEqual(['two', 0o600]);
  const open = join(folder.path, 'open');
  await writeAtomically(open, 'three', { mode: 0o644 });
  expect(modeOf(open)).toBe(0o644);
  expect(readdirSync(folder.path).sort()).toEqual(['file', 'open']);
});

test('a symbolic link stays one, and its target is written, also when it is not there yet', async () => {
  using folder = temporaryFolder();
  mkdirSync(join(folder.path, 'elsewhere'));
  const link = join(folder.path, 'link');
  symlinkSync('elsewhere/target', link);
  for (const content of ['one', 'two']) {
    await writeAtomically(link, content);
    expect(lstatSync(link).isSymbolicLink()).toBe(true);
    expect(readFileSync(join(folder.path, 'elsewhere/target'), 'utf8')).toBe(content);
  }
  symlinkSync('circle', join(folder.path, 'circle'));
  await expect(writeAtomically(join(folder.path, 'circle'), 'x')).rejects.toMatchObject({ code: 'invalid' });
});

test('a file that is read-only, a folder and a missing folder are left alone with clear words', async () => {
  using folder = temporaryFolder();
  const path = join(folder.path, 'file');
  writeFileSync(path, 'old');
  chmodSync(path, 0o400);
  await expect(writeAtomically(path, 'new')).rejects.toMatchObject({ code: 'storage_read_only' });
  expect(readFileSync(path, 'utf8')).toBe('old');
  await expect(writeAtomically(join(folder.path, 'no/file'), 'x')).rejects.toMatchObject({
    code: 'not_found',
  });
  mkdirSync(join(folder.path, 'folder'));
  await expect(writeAtomically(join(folder.path, 'folder'), 'x')).rejects.toMatchObject({
    name: 'VarvelError',
  });
  expect(readdirSync(folder.path).sort()).toEqual(['file', 'folder']);
});

test('reading stops at the limit, tells a missing file and takes a pipe', async () => {
  using folder = temporaryFolder();
  const path = join(folder.path, 'file');
  expect(await readUpTo(path, 10)).toBeNull();
  writeFileSync(path, 'x'.repeat(10));
  expect((await readUpTo(path, 10))?.length).toBe(10);
  await expect(readUpTo(path, 9)).rejects.toMatchObject({ code: 'invalid' });
  await expect(readUpTo(folder.path, 9)).rejects.toMatchObject({ code: 'invalid' });
  if (existsSync('/dev/zero'))
    await expect(readUpTo('/dev/zero', 100_000)).rejects.toMatchObject({ code: 'invalid' });

  const pipe = join(folder.path, 'pipe');
  execFileSync('mkfifo', [pipe]);
  const [bytes] = await Promise.all([readUpTo(pipe, 10), writeAfterOpen(pipe)]);
  expect(bytes?.toString()).toBe('from pipe');
});

async function writeAfterOpen(pipe: string): Promise<void> {
  const { open } = await import('node:fs/promises');
  const handle = await open(pipe, 'w');
  await handle.write('from pipe');
  await handle.close();
}
