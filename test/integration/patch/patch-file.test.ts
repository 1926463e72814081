import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { VarvelError } from '../../../core/model/error.ts';
import { patchFile } from '../../../platform/files/patch-file.ts';
import { temporaryFolder } from '../platform/temporary-folder.ts';

const modeOf = (path: string) => statSync(path).mode & 0o777;
const to = (text: string) => () => Buffer.from(text);

test('whatever a file holds, what the change leaves alone stays to the byte', async () => {
  using folder = temporaryFolder();
  const path = join(folder.path, 'file');
  await fc.assert(
    fc.asyncProperty(
      fc.uint8Array({ minLength: 1, maxLength: 3000 }),
      fc.uint8Array({ maxLength: 200 }),
      async (old, more) => {
        writeFileSync(path, old);
        const inode = statSync(path).ino;
        const same = await patchFile(path, (before) => before && Buffer.from(before));
        expect([same.written, statSync(path).ino]).toEqual([false, inode]);
        const { before, after } = await patchFile(path, (there) =>
          Buffer.concat([there ?? Buffer.alloc(0), more]),
        );
        expect(before).toEqual(Buffer.from(old));
        expect(after).toEqual(Buffer.concat([old, more]));
        expect(readFileSync(path)).toEqual(after);
      },
    ),
    { numRuns: 60 },
  );
  expect(readdirSync(folder.path)).toEqual(['file']);
});

test('a file that is not there is made, private under any umask, or stays missing when the change says so', async () => {
  using folder = temporaryFolder();
  const path = join(folder.path, 'file');
  expect(await patchFile(path, () => null)).toMatchObject({ before: null, after: null, written: false });
  expect(readdirSync(folder.path)).toEqual([]);
  const old = process.umask(0);
  try {
    for (const [index, mask] of [0o000, 0o022, 0o077, 0o277].entries()) {
      process.umask(mask);
      const made = join(folder.path, String(index));
      await patchFile(made, to('x'));
      expect(modeOf(made)).toBe(0o600);
      await patchFile(`${made}-open`, to('x'), { mode: 0o644 });
      expect(modeOf(`${made}-open`)).toBe(0o644);
    }
  } finally {
    process.umask(old);
  }
});

test('what the change throws comes out as it is, and nothing has changed', async () => {
  using folder = temporaryFolder();
  const path = join(folder.path, 'file');
  writeFileSync(path, 'old');
  const malformed = new VarvelError('invalid', 'malformed', 'mend it');
  const change = () => {
    throw malformed;
  };
  await expect(patchFile(path, change)).rejects.toBe(malformed);
  expect([readFileSync(path, 'utf8'), readdirSync(folder.path)]).toEqual(['old', ['file']]);
});

test('what another program writes while the change is made is not lost, and the change is made to that', async () => {
  using folder = temporaryFolder();
  const path = join(folder.path, 'file');
  writeFileSync(path, 'old');
  const seen: string[] = [];
  const { before } = await patchFile(path, (there) => {
    seen.push(String(there));
    if (seen.length === 1) writeFileSync(path, 'new');
    return Buffer.from(`${there}+ours`);
  });
  expect([seen, String(before)]).toEqual([['old', 'new'], 'new']);
  expect(readFileSync(path, 'utf8')).toBe('new+ours');
});

test('a file that is made where none was is not overwritten', async () => {
  using folder = temporaryFolder();
  const path = join(folder.path, 'file');
  await patchFile(path, (there) => {
    if (!there) writeFileSync(path, 'theirs');
    return Buffer.from(`${there ?? ''}+ours`);
  });
  expect(readFileSync(path, 'utf8')).toBe('theirs+ours');
});

test('a file that never rests is given up after a while, with words', async () => {
  using folder = temporaryFolder();
  const path = join(folder.path, 'file');
  let count = 0;
  const change = () => {
    count += 1;
    writeFileSync(path, `theirs ${count}`);
    return Buffer.from('ours');
  };
  await expect(patchFile(path, change)).rejects.toMatchObject({ code: 'conflict' });
  expect(readFileSync(path, 'utf8')).toBe(`theirs ${count}`);
  expect(readdirSync(folder.path)).toEqual(['file']);
});
