import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  lchownSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { patchFile } from '../../../platform/files/patch-file.ts';
import { temporaryFolder } from '../platform/temporary-folder.ts';

const modeOf = (path: string) => statSync(path).mode & 0o777;
const to = (text: string) => () => Buffer.from(text);
const isRoot = process.getuid?.() === 0;
const nobody = 65534;

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

/** Rights bind root to nothing, so that root becomes nobody for a while. */
async function asNobody(work: () => Promise<unknown>): Promise<void> {
  process.seteuid?.(nobody);
  try {
    await work();
  } finally {
    process.seteuid?.(0);
  }
}

async function asOrdinaryUser(folder: string, work: () => Promise<void>): Promise<void> {
  if (!isRoot) return work();
  for (const path of [folder, ...readdirSync(folder).map((name) => join(folder, name))])
    chownSync(path, nobody, nobody);
  return asNobody(work);
}

test.runIf(isRoot)('a file that was given to a group keeps it, or stays as it is', async () => {
  using folder = temporaryFolder();
  const path = join(folder.path, 'file');
  writeFileSync(path, 'old');
  chownSync(folder.path, nobody, nobody);
  chownSync(path, nobody, 4321);
  const change = () => patchFile(path, to('new'), { mode: 'keep' });
  chmodSync(path, 0o640);
  await asNobody(() => expect(change()).rejects.toMatchObject({ code: 'conflict' }));
  expect(readFileSync(path, 'utf8')).toBe('old');
  expect(readdirSync(folder.path)).toEqual(['file']);
  // which its members can't use anyway
  chmodSync(path, 0o600);
  await asNobody(change);
  expect([readFileSync(path, 'utf8'), modeOf(path)]).toEqual(['new', 0o600]);
});

test.runIf(isRoot)('another user’s file stays theirs, or as it is', async () => {
  using folder = temporaryFolder();
  const path = join(folder.path, 'file');
  writeFileSync(path, 'old');
  chmodSync(path, 0o666);
  chownSync(folder.path, nobody, nobody);
  await asNobody(() => expect(patchFile(path, to('new'))).rejects.toMatchObject({ code: 'conflict' }));
  expect(statSync(path)).toMatchObject({ uid: 0 });
  expect(readFileSync(path, 'utf8')).toBe('old');
});

test.runIf(isRoot)(
  'root writes into no file or link that another user has put where everybody may',
  async () => {
    using folder = temporaryFolder();
    using caught = temporaryFolder();
    const [file, link] = [join(folder.path, 'file'), join(folder.path, 'link')];
    writeFileSync(file, 'old');
    symlinkSync(join(caught.path, 'got'), link);
    chownSync(file, nobody, nobody);
    lchownSync(link, nobody, nobody);
    chmodSync(folder.path, 0o1777);
    for (const path of [file, link])
      await expect(patchFile(path, to('new'))).rejects.toMatchObject({ code: 'conflict' });
    expect(readFileSync(file, 'utf8')).toBe('old');
    expect(readdirSync(caught.path)).toEqual([]);
    // in the user's own folder it is theirs
    chmodSync(folder.path, 0o755);
    await patchFile(file, to('new'));
    expect(statSync(file)).toMatchObject({ uid: nobody });
  },
);

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

/** @param value in hexadecimal */
const setAttribute = (path: string, name: string, value: string) =>
  execFileSync('python3', [
    '-c',
    'import os,sys; os.setxattr(sys.argv[1], sys.argv[2], bytes.fromhex(sys.argv[3]))',
    path,
    name,
    value,
  ]);
const attributesOf = (path: string): unknown =>
  JSON.parse(
    execFileSync(
      'python3',
      [
        '-c',
        'import json,os,sys; print(json.dumps({n: os.getxattr(sys.argv[1], n).hex() for n in os.listxattr(sys.argv[1])}))',
        path,
      ],
      { encoding: 'utf8' },
    ),
  );

/** Whether this system's temporary folder has such attributes, and something to set them with. */
function hasAttribute(name: string, value: string): boolean {
  using folder = temporaryFolder();
  const path = join(folder.path, 'file');
  writeFileSync(path, '');
  try {
    setAttribute(path, name, value);
    return true;
  } catch {
    return false;
  }
}

const plain = { name: 'user.varvel', value: '6b657074' };
test.runIf(hasAttribute(plain.name, plain.value))(
  'a file keeps its extended attributes, and the new rights',
  async () => {
    using folder = temporaryFolder();
    const path = join(folder.path, 'file');
    writeFileSync(path, 'old');
    chmodSync(path, 0o644);
    setAttribute(path, plain.name, plain.value);
    await patchFile(path, to('new'));
    expect([attributesOf(path), modeOf(path)]).toEqual([{ [plain.name]: plain.value }, 0o600]);
    await patchFile(join(folder.path, 'other'), to('new'));
    expect(attributesOf(join(folder.path, 'other'))).toEqual({});
  },
);

/** Its owner may write it, user 1234 read it, its group nothing. Source: acl(5), include/uapi/linux/posix_acl_xattr.h */
const list = {
  name: 'system.posix_acl_access',
  value: `02000000${['01000600ffffffff', '02000400d2040000', '04000000ffffffff', '10000400ffffffff', '20000000ffffffff'].join('')}`,
};
test.runIf(hasAttribute(list.name, list.value))(
  'a file with an access list keeps it: its group gets nothing that was meant for somebody on the list',
  async () => {
    using folder = temporaryFolder();
    const path = join(folder.path, 'file');
    writeFileSync(path, 'old');
    chmodSync(path, 0o600);
    setAttribute(path, list.name, list.value);
    await patchFile(path, to('new'), { mode: 'keep' });
    expect([readFileSync(path, 'utf8'), attributesOf(path)]).toEqual(['new', { [list.name]: list.value }]);
    // a first export takes everybody's rights but the owner's
    await patchFile(path, to('newer'));
    expect([modeOf(path), attributesOf(path)]).toEqual([0o600, {}]);
  },
);
