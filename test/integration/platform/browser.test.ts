import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { createBrowser } from '../../../platform/process/browser.ts';
import { temporaryFolder } from './temporary-folder.ts';

const url = 'https://fal.example/device?user_code=AB-CD&x=$(id);%20y';

/** A browser that writes down what it was given, and the passphrase if it can see one. */
function fakeBrowser(
  folder: string,
  name: string,
  ending = '',
): { path: string; notes: () => Promise<string[]> } {
  const path = join(folder, name);
  const file = join(folder, `${name}.notes`);
  const script = `#!/bin/sh\nprintf '%s\\n' "$@" "[$VARVEL_PASSPHRASE]" > '${file}.part'\nmv '${file}.part' '${file}'\n${ending}\n`;
  writeFileSync(path, script);
  chmodSync(path, 0o755);
  return {
    path,
    async notes() {
      while (!existsSync(file)) await sleep(5);
      return readFileSync(file, 'utf8').trimEnd().split('\n');
    },
  };
}

const browserWith = (variables: NodeJS.ProcessEnv, watchMs?: number) =>
  createBrowser({
    allowedHosts: ['fal.example'],
    variables: { PATH: process.env.PATH, ...variables },
    platform: 'linux',
    ...(watchMs === undefined ? {} : { watchMs }),
  });

test('the chosen browser gets the address as one word, and no passphrase', async () => {
  using folder = temporaryFolder();
  const plain = fakeBrowser(folder.path, 'plain');
  expect(await browserWith({ BROWSER: `${plain.path} --new`, VARVEL_PASSPHRASE: 'p' }).open(url)).toBe(true);
  expect(await plain.notes()).toEqual(['--new', url, '[]']);
  const placed = fakeBrowser(folder.path, 'placed');
  expect(await browserWith({ BROWSER: `${placed.path} --url=%s -n` }).open(url)).toBe(true);
  expect(await placed.notes()).toEqual([`--url=${url}`, '-n', '[]']);
});

test('a browser that stays open is not waited for', async () => {
  using folder = temporaryFolder();
  const staying = fakeBrowser(folder.path, 'staying', 'exec sleep 2');
  expect(await browserWith({ BROWSER: staying.path }, 50).open(url)).toBe(true);
  await staying.notes();
});

test('without a display or an opener that works, nothing is opened and the answer is no', async () => {
  using folder = temporaryFolder();
  expect(await browserWith({}).open(url)).toBe(false);
  expect(await browserWith({ BROWSER: join(folder.path, 'none') }).open(url)).toBe(false);
  const failing = fakeBrowser(folder.path, 'failing', 'exit 3');
  expect(await browserWith({ BROWSER: failing.path }, 20_000).open(url)).toBe(false);
  expect(await browserWith({ PATH: folder.path, DISPLAY: ':0' }).open(url)).toBe(false);
});

test('the next of several browsers is tried, and the desktop opener with a display', async () => {
  using folder = temporaryFolder();
  const second = fakeBrowser(folder.path, 'second');
  expect(
    await browserWith({ BROWSER: `${join(folder.path, 'none')}:${second.path}` }, 20_000).open(url),
  ).toBe(true);
  const opener = fakeBrowser(folder.path, 'xdg-open');
  const PATH = `${folder.path}:${process.env.PATH}`;
  expect(await browserWith({ PATH, WAYLAND_DISPLAY: 'w' }, 20_000).open(url)).toBe(true);
  expect(await opener.notes()).toEqual([url, '[]']);
});

test.each([
  'https://evil.example/',
  'https://fal.example.evil.example/',
  'https://fal.example:8443/',
  'https://user@fal.example/',
  'http://fal.example/',
  'file:///etc/passwd',
  'javascript:alert(1)',
  'ms-settings:x',
  '--help',
  '',
])('%s is not opened', async (address) => {
  const browser = browserWith({ BROWSER: 'true' });
  await expect(browser.open(address)).rejects.toMatchObject({ code: 'refused' });
});

test('the sandbox on this machine may be opened', async () => {
  const browser = browserWith({ BROWSER: 'true' }, 20_000);
  expect(await browser.open('http://127.0.0.1:4000/device')).toBe(true);
});
