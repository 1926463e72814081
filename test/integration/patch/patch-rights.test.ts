import { execFileSync } from 'node:child_process';
import { chmodSync, chownSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { patchFile } from '../../../platform/files/patch-file.ts';
import { temporaryFolder } from '../platform/temporary-folder.ts';

const modeOf = (path: string) => statSync(path).mode & 0o777;
const to = (text: string) => () => Buffer.from(text);
const isRoot = process.getuid?.() === 0;

test('a file keeps the stricter of its own rights and ours, or its own when told to', async () => {
  using folder = temporaryFolder();
  const path = join(folder.path, 'file');
  writeFileSync(path, 'one');
  chmodSync(path, 0o644);
  await patchFile(path, to('two'), { mode: 'keep' });
  expect(modeOf(path)).toBe(0o644);
  await patchFile(path, to('three'));
  expect(modeOf(path)).toBe(0o600);
  await patchFile(path, to('four'), { mode: 0o644 });
  expect(modeOf(path)).toBe(0o600);
});

test.runIf(isRoot)('a file that root changes stays its owner’s', async () => {
  using folder = temporaryFolder();
  const path = join(folder.path, 'file');
  writeFileSync(path, 'one');
  chownSync(path, 1234, 4321);
  await patchFile(path, to('two'));
  expect(statSync(path)).toMatchObject({ uid: 1234, gid: 4321 });
});

test('a read-only file is left alone, with what to do', async () => {
  using folder = temporaryFolder();
  const path = join(folder.path, 'file');
  writeFileSync(path, 'old');
  chmodSync(path, 0o444);
  await expect(patchFile(path, to('new'))).rejects.toMatchObject({
    code: 'storage_read_only',
    hint: { action: 'advice', text: expect.stringContaining(`chmod u+w ${path}`) },
  });
  expect(readFileSync(path, 'utf8')).toBe('old');
  expect(readdirSync(folder.path)).toEqual(['file']);
});

/** Rights bind root to nothing, so that root becomes nobody for a while. */
async function asOrdinaryUser(folder: string, work: () => Promise<void>): Promise<void> {
  if (!isRoot) return work();
  const nobody = 65534;
  for (const path of [folder, ...readdirSync(folder).map((name) => join(folder, name))])
    chownSync(path, nobody, nobody);
  process.seteuid?.(nobody);
  try {
    await work();
  } finally {
    process.seteuid?.(0);
  }
}

test('a folder without rights is left alone, with what to do', async () => {
  using folder = temporaryFolder();
  const path = join(folder.path, 'file');
  writeFileSync(path, 'old');
  chmodSync(folder.path, 0o500);
  await asOrdinaryUser(folder.path, async () => {
    await expect(patchFile(path, to('new'))).rejects.toMatchObject({ code: 'storage_read_only' });
  });
  expect(readFileSync(path, 'utf8')).toBe('old');
  chmodSync(folder.path, 0o700);
});

const setAttribute = (path: string, value: string) =>
  execFileSync('python3', [
    '-c',
    'import os,sys; os.setxattr(sys.argv[1], "user.varvel", sys.argv[2].encode())',
    path,
    value,
  ]);
const attributesOf = (path: string) =>
  execFileSync(
    'python3',
    [
      '-c',
      'import os,sys; print({n: os.getxattr(sys.argv[1], n) for n in os.listxattr(sys.argv[1]) if n.startswith("user.")})',
      path,
    ],
    {
      encoding: 'utf8',
    },
  ).trim();

/** Whether this system's temporary folder has attributes, and something to set them with. */
const hasAttributes = (() => {
  using folder = temporaryFolder();
  const path = join(folder.path, 'file');
  writeFileSync(path, '');
  try {
    setAttribute(path, 'x');
    return true;
  } catch {
    return false;
  }
})();

test.runIf(hasAttributes)('a file keeps its extended attributes, and the new rights', async () => {
  using folder = temporaryFolder();
  const path = join(folder.path, 'file');
  writeFileSync(path, 'old');
  chmodSync(path, 0o644);
  setAttribute(path, 'kept');
  await patchFile(path, to('new'));
  expect([attributesOf(path), modeOf(path)]).toEqual(["{'user.varvel': b'kept'}", 0o600]);
  await patchFile(join(folder.path, 'other'), to('new'));
  expect(attributesOf(join(folder.path, 'other'))).toBe('{}');
});
