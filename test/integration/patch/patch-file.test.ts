import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  linkSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { VarvelError } from '../../../core/model/error.ts';
import { patchFile, readForPatch } from '../../../platform/files/patch-file.ts';
import { temporaryFolder } from '../platform/temporary-folder.ts';
import { startPatcher } from './patch-child.ts';

const modeOf = (path: string) => statSync(path).mode & 0o777;
const to = (text: string) => () => Buffer.from(text);
const isRoot = process.getuid?.() === 0;

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

test('symbolic links stay, through folders and in chains, also to what is not there yet', async () => {
  using folder = temporaryFolder();
  mkdirSync(join(folder.path, 'dotfiles'));
  symlinkSync('dotfiles', join(folder.path, 'linked-folder'));
  symlinkSync('second', join(folder.path, 'first'));
  symlinkSync('linked-folder/target', join(folder.path, 'second'));
  for (const text of ['one', 'two']) {
    const { path } = await patchFile(join(folder.path, 'first'), to(text));
    expect(path).toMatch(/dotfiles\/target$/);
    expect(readFileSync(join(folder.path, 'dotfiles/target'), 'utf8')).toBe(text);
  }
  expect(readlinkSync(join(folder.path, 'first'))).toBe('second');
  expect(lstatSync(join(folder.path, 'second')).isSymbolicLink()).toBe(true);
  expect(readdirSync(join(folder.path, 'dotfiles'))).toEqual(['target']);
});

test('a link that is turned elsewhere while the change is made is followed to where it leads now', async () => {
  using folder = temporaryFolder();
  const [link, one, two] = ['link', 'one', 'two'].map((name) => join(folder.path, name)) as [
    string,
    string,
    string,
  ];
  writeFileSync(one, '1');
  writeFileSync(two, '2');
  symlinkSync('one', link);
  let calls = 0;
  await patchFile(link, (before) => {
    calls += 1;
    if (calls === 1) execFileSync('ln', ['-sfn', 'two', link]);
    return Buffer.from(`${before}!`);
  });
  expect([readFileSync(one, 'utf8'), readFileSync(two, 'utf8'), calls]).toEqual(['1', '2!', 2]);
});

test('what is no file is refused at once and in words: folder, pipe, device, circle, too large', async () => {
  using folder = temporaryFolder();
  const path = (name: string) => join(folder.path, name);
  mkdirSync(path('folder'));
  execFileSync('mkfifo', [path('pipe')]);
  symlinkSync('/dev/zero', path('device'));
  symlinkSync('circle', path('circle'));
  writeFileSync(path('large'), '');
  truncateSync(path('large'), 1024 ** 3);
  const never = () => {
    throw new Error('the change was asked');
  };
  const cases: [string, string, RegExp][] = [
    ['folder', 'invalid', /is a folder/],
    ['pipe', 'invalid', /is a named pipe/],
    ['device', 'invalid', /is a device/],
    ['circle', 'invalid', /is a symbolic link to itself/],
    ['large', 'invalid', /too large \(over 8192 KiB\)/],
    ['no/such/file', 'not_found', /Folder .*no\/such doesn’t exist/],
  ];
  const begun = performance.now();
  for (const [name, code, message] of cases) {
    await expect(patchFile(path(name), never)).rejects.toMatchObject({
      code,
      message: expect.stringMatching(message),
    });
    await expect(readForPatch(path(name))).rejects.toMatchObject({ code });
  }
  expect(performance.now() - begun).toBeLessThan(20_000);
  expect(readdirSync(folder.path).sort()).toEqual(['circle', 'device', 'folder', 'large', 'pipe']);
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

test('another name of the file keeps the old content', async () => {
  using folder = temporaryFolder();
  const path = join(folder.path, 'file');
  writeFileSync(path, 'old');
  linkSync(path, join(folder.path, 'backup'));
  await patchFile(path, to('new'));
  expect(readFileSync(join(folder.path, 'backup'), 'utf8')).toBe('old');
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

const namespaces = [
  ['unshare', '-m'],
  ['unshare', '-Urm'],
].find(([command = '', ...args]) => {
  try {
    execFileSync(command, [...args, 'mount', '-t', 'tmpfs', 'tmpfs', '/tmp'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
});

test.skipIf(!namespaces)('a file that is mounted by itself is left alone, with what to do', async () => {
  using folder = temporaryFolder();
  const path = join(folder.path, 'file');
  writeFileSync(path, 'old');
  writeFileSync(join(folder.path, 'mounted'), 'theirs');
  const under = [
    ...(namespaces ?? []),
    'sh',
    '-c',
    `mount --bind '${folder.path}/mounted' '${path}'; exec "$@"`,
    'sh',
  ];
  const child = startPatcher('patch-on', [path, 'x', '1'], { under });
  expect(await child.ended).not.toBe(0);
  expect(child.errors()).toMatch(/is mounted by itself, so it can’t be replaced.*was not changed/);
  expect(child.errors()).toMatch(/mount its folder instead/);
  expect(readFileSync(join(folder.path, 'mounted'), 'utf8')).toBe('theirs');
  expect(readdirSync(folder.path).sort()).toEqual(['file', 'mounted']);
});
