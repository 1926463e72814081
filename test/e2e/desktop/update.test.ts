import { createHash } from 'node:crypto';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, inject, onTestFinished, test } from 'vitest';
import { call, newDesk, shownPage, soon } from './desk.ts';
import { type Packed, pack } from './packed.ts';

const installed = inject('installed');
const desk = newDesk();
const { machine } = desk;
let packed: Packed;
beforeAll(async () => {
  if (installed) packed = await pack(installed, ['dir']);
}, 600_000);
afterAll(() => packed?.[Symbol.asyncDispose]());

const notes = '### New\n\n- Falcons have *names*.\n- Faster.\n';

/** A release: a program in the place of an AppImage, which leaves a mark when it is started. */
const newerProgram = (mark: string) =>
  `#!/bin/sh\n# Varvel 9.0.0\necho "$APPIMAGE_SILENT_INSTALL" >'${mark}'\n`;

/** A server with the newest release, as electron-builder describes it. */
async function serveRelease(program: string, sha512 = digest(program)): Promise<string> {
  const name = 'varvel-9.0.0-linux-x86_64.AppImage';
  const description = `version: 9.0.0
files:
  - url: ${name}
    sha512: ${sha512}
    size: ${Buffer.byteLength(program)}
path: ${name}
sha512: ${sha512}
releaseNotes: ${JSON.stringify(notes)}
releaseDate: '2026-11-27T00:00:00.000Z'
`;
  const files = new Map([
    ['/latest-linux.yml', description],
    [`/${name}`, program],
  ]);
  const server = createServer(({ url = '' }, response) => {
    const text = files.get(new URL(url, 'http://x').pathname);
    response.writeHead(text === undefined ? 404 : 200).end(text);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
}

const digest = (text: string): string => createHash('sha512').update(text).digest('base64');

/**
 * Opens the packed program as if it were started from an AppImage whose releases are at this address.
 * @param ofOther from a terminal inside another program's AppImage
 */
async function openAppImage(url: string, ofOther = false) {
  const image = join(machine().root, 'home', 'Varvel.AppImage');
  desk.write(image, 'Varvel 0.1.0', 0o755);
  const source = join(packed.folder, 'resources', 'app-update.yml');
  writeFileSync(source, `provider: generic\nurl: ${url}\nupdaterCacheDirName: varvel-updater\n`);
  onTestFinished(() => rmSync(source, { force: true }));
  const env = { APPIMAGE: image, APPDIR: ofOther ? '/tmp/.mount_Editorabc' : packed.folder };
  const desktop = desk.open({ packed: packed.program, env });
  return { image, desktop, page: await shownPage(desktop) };
}

test('a package that doesn’t say where its releases are doesn’t look for them', async () => {
  const desktop = desk.open({ packed: packed.program });
  await shownPage(desktop);
  expect(await call(desktop, 'updates.read', null)).toMatchObject({
    ok: { now: { state: 'off', why: 'no_source' } },
  });
  expect(await call(desktop, 'updates.install', null)).toHaveProperty('error');
});

test('an AppImage is replaced by the newest release and starts it, when that is wished', async () => {
  const mark = join(machine().root, 'home', 'started');
  const newer = newerProgram(mark);
  const { image, desktop, page } = await openAppImage(await serveRelease(newer));
  await page.keyboard.press('Control+5');
  const section = page.getByRole('region', { name: 'Updates' });
  await section.getByRole('button', { name: 'Check now' }).click();
  await section.getByText('Varvel 9.0.0 is ready.').waitFor(soon);
  expect(readFileSync(image, 'utf8')).toBe('Varvel 0.1.0');

  await section.getByRole('button', { name: 'What’s new' }).click();
  const dialog = page.getByRole('dialog', { name: 'What’s new in Varvel 9.0.0' });
  expect(await dialog.getByRole('listitem').allTextContents()).toEqual(['Falcons have names.', 'Faster.']);
  await page.keyboard.press('Escape');

  await section.getByRole('button', { name: 'Restart and update' }).click();
  expect(await desktop.ended).toMatchObject({ code: 0 });
  expect(readFileSync(image, 'utf8')).toBe(newer);
  await expect.poll(() => existsSync(mark), soon).toBe(true);
});

test('a download with another checksum is refused, and what is there stays', async () => {
  const { image, desktop } = await openAppImage(await serveRelease('something else', digest('a release')));
  expect(await call(desktop, 'updates.check', null)).toEqual({ ok: null });
  expect(await call(desktop, 'updates.read', null)).toMatchObject({
    ok: { now: { state: 'failed', message: expect.stringContaining('sha512') } },
  });
  expect(await call(desktop, 'updates.install', null)).toHaveProperty('error');
  expect(readFileSync(image, 'utf8')).toBe('Varvel 0.1.0');
});

test('started from a terminal inside another program’s AppImage, it neither replaces that program nor starts it at login', async () => {
  const { image, desktop } = await openAppImage(await serveRelease('Varvel 9.0.0'), true);
  await call(desktop, 'updates.check', null);
  expect(await call(desktop, 'updates.read', null)).toMatchObject({
    ok: { now: { state: 'off', why: 'unpacked' } },
  });
  expect(await call(desktop, 'updates.install', null)).toHaveProperty('error');
  expect(readFileSync(image, 'utf8')).toBe('Varvel 0.1.0');
  expect(await call(desktop, 'settings.change', { startAtLogin: true })).toHaveProperty('ok');
  const entry = join(machine().env.HOME ?? '', '.config', 'autostart', 'varvel.desktop');
  expect(readFileSync(entry, 'utf8')).toContain(`Exec="${packed.program}" "--in-tray"`);
});

test('whether it looks by itself, and for betas, is remembered', async () => {
  const url = await serveRelease('unused');
  const { desktop } = await openAppImage(url);
  expect(await call(desktop, 'updates.read', null)).toMatchObject({
    ok: { channel: 'latest', automatic: true, now: { state: 'current', checkedAt: null } },
  });
  await call(desktop, 'updates.change', { channel: 'beta', automatic: false });
  const stored = JSON.parse(readFileSync(join(machine().home, 'window', 'window.json'), 'utf8'));
  expect(stored).toMatchObject({ updates: { channel: 'beta', automatic: false } });
});
