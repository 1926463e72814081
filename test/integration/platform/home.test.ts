import {
  chmodSync,
  chownSync,
  mkdirSync,
  readdirSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { makePrivateFolder } from '../../../platform/files/private-folder.ts';
import { openHome } from '../../../platform/places/home.ts';
import { openState } from '../../../platform/state/open-state.ts';
import { keychainService } from '../../../platform/vault/open-vault.ts';
import { temporaryFolder } from './temporary-folder.ts';

const modeOf = (path: string) => statSync(path).mode & 0o777;

test('each system has its own place, and VARVEL_HOME beats them', () => {
  using user = temporaryFolder();
  const at = (platform: NodeJS.Platform, variables: NodeJS.ProcessEnv) =>
    openHome({ platform, variables, userFolder: user.path }).folder.slice(user.path.length);
  expect(at('linux', {})).toBe('/.local/share/varvel');
  expect(at('linux', { XDG_DATA_HOME: join(user.path, 'data') })).toBe('/data/varvel');
  expect(at('linux', { XDG_DATA_HOME: 'relative' })).toBe('/.local/share/varvel');
  expect(at('darwin', {})).toBe('/Library/Application Support/Varvel');
  expect(at('win32', { APPDATA: join(user.path, 'roaming') })).toBe('/roaming/Varvel');
  expect(at('linux', { VARVEL_HOME: join(user.path, 'mine') })).toBe('/mine');
});

test('a relative VARVEL_HOME is below the working folder', () => {
  const home = openHome({ variables: { VARVEL_HOME: 'node_modules/.cache/varvel-home' } });
  expect(home.folder).toBe(join(process.cwd(), 'node_modules/.cache/varvel-home'));
  rmSync(home.folder, { recursive: true });
});

test.runIf(process.platform === 'linux')(
  'a folder that can’t be created is an error and no endless loop',
  () => {
    expect(() => makePrivateFolder('/proc/varvel/a')).toThrow('ENOENT');
  },
);

test.each([0o000, 0o077])('folders are 0700 under any umask (%o)', (mask) => {
  using user = temporaryFolder();
  const before = process.umask(mask);
  try {
    const home = openHome({ variables: { VARVEL_HOME: join(user.path, 'a/b') } });
    expect([modeOf(home.folder), modeOf(home.environmentFolder('fal'))]).toEqual([0o700, 0o700]);
  } finally {
    process.umask(before);
  }
});

test('a home of ours that stands open is closed; a folder with other things in it is not touched', () => {
  using user = temporaryFolder();
  const open = () => openHome({ variables: { VARVEL_HOME: user.path } });
  openState(open().environmentFolder('fal')).close();
  chmodSync(user.path, 0o755);
  open();
  expect(modeOf(user.path)).toBe(0o700);

  writeFileSync(join(user.path, 'letter.txt'), '');
  chmodSync(user.path, 0o755);
  expect(modeOf(open().environmentFolder('sandbox'))).toBe(0o700);
  expect(modeOf(user.path)).toBe(0o755);
});

test('a home that belongs to another user is refused, one of root is not', () => {
  using user = temporaryFolder();
  const home = join(user.path, 'home');
  mkdirSync(home);
  const open = (userId: number) => openHome({ variables: { VARVEL_HOME: home }, userId }).folder;
  const root = process.getuid?.() === 0;
  if (root) {
    expect(open(4321)).toBe(home);
    chownSync(home, 1234, 1234);
  }
  expect(() => open(4321)).toThrow(/belongs to another user/);
  expect(open(statSync(home).uid)).toBe(home);
});

test.runIf(process.getuid?.() === 0)(
  'sudo with the caller’s HOME is refused, and creates nothing there',
  () => {
    using user = temporaryFolder();
    const home = join(user.path, '.local/share/varvel');
    const open = (more: NodeJS.ProcessEnv = { SUDO_UID: '1234' }) =>
      openHome({ variables: { VARVEL_HOME: home, ...more } });
    chownSync(user.path, 1234, 1234);
    expect(() => open()).toThrow(/in your own home/);
    expect(readdirSync(user.path)).toEqual([]);
    mkdirSync(home, { recursive: true });
    chownSync(home, 1234, 1234);
    expect(() => open()).toThrow(/in your own home/);
    // a container’s root has a folder that is mounted from outside
    expect(open({}).folder).toBe(home);
    expect(open({ SUDO_UID: '0' }).folder).toBe(home);
    // what belongs to root already, such as a folder that is mounted there, stays root’s
    chownSync(home, 0, 0);
    expect(open().folder).toBe(home);
  },
);

test('closing a folder follows no link to another one', () => {
  using user = temporaryFolder();
  const [own = '', link = ''] = ['own', 'link'].map((name) => join(user.path, name));
  mkdirSync(own);
  chmodSync(own, 0o755);
  symlinkSync('own', link);
  makePrivateFolder(link, () => true);
  expect(modeOf(own)).toBe(0o755);
  makePrivateFolder(own, () => true);
  expect(modeOf(own)).toBe(0o700);
});

test.runIf(process.getuid?.() === 0)('a folder of another user is not closed', () => {
  using user = temporaryFolder();
  const folder = join(user.path, 'theirs');
  mkdirSync(folder);
  chmodSync(folder, 0o755);
  chownSync(folder, 1234, 1234);
  makePrivateFolder(folder, () => true);
  expect(modeOf(folder)).toBe(0o755);
});

test('a home that is a file is told as such', () => {
  using user = temporaryFolder();
  const file = join(user.path, 'file');
  writeFileSync(file, '');
  for (const VARVEL_HOME of [file, join(file, 'below')]) {
    expect(() => openHome({ variables: { VARVEL_HOME } })).toThrow(/not a folder/);
  }
});

test('two homes never share what the keychain holds, one home reached by two ways does', () => {
  using user = temporaryFolder();
  const service = (path: string) =>
    keychainService(openHome({ variables: { VARVEL_HOME: join(user.path, path) } }).environmentFolder('fal'));
  const one = service('one');
  symlinkSync('one', join(user.path, 'link'));
  expect(service('link')).toBe(one);
  expect(service('two')).not.toBe(one);
});
