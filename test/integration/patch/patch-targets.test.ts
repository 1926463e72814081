import { execFileSync } from 'node:child_process';
import {
  linkSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { patchFile, readForPatch } from '../../../platform/files/patch-file.ts';
import { temporaryFolder } from '../platform/temporary-folder.ts';
import { startPatcher } from './patch-child.ts';

const to = (text: string) => () => Buffer.from(text);

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

test('another name of the file keeps the old content', async () => {
  using folder = temporaryFolder();
  const path = join(folder.path, 'file');
  writeFileSync(path, 'old');
  linkSync(path, join(folder.path, 'backup'));
  await patchFile(path, to('new'));
  expect(readFileSync(join(folder.path, 'backup'), 'utf8')).toBe('old');
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
