import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { lstat, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { extractFile, listPackage } from '@electron/asar';
import { afterAll, beforeAll, describe, expect, inject, onTestFinished, test } from 'vitest';
import { launchChromium } from '../web/chromium.ts';
import { activeWindow, call, chooseInTray, newDesk, press, shownPage, soon, trayLabels } from './desk.ts';
import { type Packed, pack } from './packed.ts';

const run = promisify(execFile);
const installed = inject('installed');
const desk = newDesk();
const { machine, opened } = desk;
let packed: Packed;
beforeAll(async () => {
  if (installed) packed = await pack(installed);
}, 600_000);
afterAll(() => packed?.[Symbol.asyncDispose]());

/** What only the tests' older Electron needs, and a default app that electron-builder takes away from a downloaded one. */
const isShim = (path: string): boolean =>
  installed?.electron.shims.length !== 0 &&
  /^(resources\/app\.asar\.unpacked\/)?(test|node_modules\/(@photostructure|node-gyp-build))(\/|$)|default_app\.asar$/.test(
    path,
  );

const inAsar = () =>
  listPackage(packed.asar, { isPack: false })
    .map((path) => path.slice(1).replaceAll('\\', '/'))
    .filter((path) => !isShim(path));
const outside = () => packed.files.filter((path) => !isShim(path));

const expectedInAsar: RegExp[] = [
  /^(assets|assets\/(app|tray)|dist|dist\/(main|preload|renderer|renderer\/assets))$/,
  /^(LICENSE|THIRD-PARTY-LICENSES\.txt|package\.json)$/,
  /^assets\/app\/256\.png$/,
  /^assets\/tray\/[\w@-]+\.(png|ico)$/,
  /^dist\/main\/[\w.-]+\.cjs$/,
  /^dist\/preload\/preload\.cjs$/,
  /^dist\/renderer\/(index\.html|assets\/[\w.-]+\.(js|css|svg|png|woff2))$/,
  // the font's licence goes with the font
  /^dist\/renderer\/assets\/Inter-OFL\.txt$/,
  /^node_modules(\/@github(\/keytar(\/(LICENSE\.md|package\.json|lib|lib\/keytar\.js|prebuilds.*))?)?)?$/,
];

const expectedOutside: RegExp[] = [
  /^(varvel-desktop|chrome-sandbox|chrome_crashpad_handler|version|LICENSE.*|locales\/en-US\.pak)$/,
  // Chromium's own
  /^[\w.]+\.(pak|bin|dat|so|so\.1|json)$/,
  // electron-builder's, for where AppArmor keeps user namespaces
  /^resources\/apparmor-profile$/,
  /^resources\/app\.asar$/,
  /^resources\/app\.asar\.unpacked\/node_modules\/@github\/keytar\//,
  /^resources\/cli\/(LICENSE(\.node)?|THIRD-PARTY-LICENSES\.txt|bin\/varvel|node|node_modules\/@github\/keytar\/.*)$/,
  /^resources\/cli\/dist\/cli\/([\w.-]+\.cjs|completions\/[\w.]+|scripts\/[\w.-]+)$/,
  /^resources\/cli\/dist\/(renderer|web)\/.*\.(html|js|css|svg|png|woff2)$/,
  /^resources\/cli\/dist\/renderer\/assets\/Inter-OFL\.txt$/,
];

const strangers = (paths: string[], expected: RegExp[]): string[] =>
  paths.filter((path) => !expected.some((pattern) => pattern.test(path)));

test('the package holds what is needed and nothing else', () => {
  expect(strangers(inAsar(), expectedInAsar)).toEqual([]);
  expect(strangers(outside(), expectedOutside)).toEqual([]);
  expect(inAsar()).toEqual(
    expect.arrayContaining([
      'dist/main/main.cjs',
      'dist/preload/preload.cjs',
      'dist/renderer/index.html',
      'assets/tray/on-dark.png',
    ]),
  );
  expect(packed.files).toEqual(
    expect.arrayContaining([
      'varvel-desktop',
      'resources/cli/bin/varvel',
      'resources/cli/node',
      'resources/cli/dist/cli/varvel.cjs',
    ]),
  );
});

test('no source map, no test, no source and no path of the building machine is in it', () => {
  const texts = [
    ...inAsar()
      .filter((path) => /\.(cjs|js|css|html|json)$/.test(path))
      .map((path) => ({ path, text: extractFile(packed.asar, path).toString('utf8') })),
    ...packed.files
      .filter((path) => path.startsWith('resources/cli/dist/'))
      .map((path) => ({ path, text: readFileSync(join(packed.folder, path), 'utf8') })),
  ];
  expect(texts.length).toBeGreaterThan(20);
  for (const path of [...inAsar(), ...outside()])
    expect(path).not.toMatch(/\.(map|ts|tsx)$|(^|\/)(test|tests|spec)\/|\.test\.|\.env/);
  const marks = {
    map: /sourceMappingURL=/,
    root: new RegExp(join(import.meta.dirname, '../../..').replaceAll('/', '\\/')),
    vitest: /from ["']vitest["']|require\(["']vitest["']\)/,
    key: /[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}:[0-9a-f]{32}/,
    privateKey: /-----BEGIN [A-Z ]*PRIVATE KEY-----\n/,
  };
  const found = texts.flatMap(({ path, text }) =>
    Object.entries(marks).flatMap(([name, mark]) => (mark.test(text) ? [`${path}: ${name}`] : [])),
  );
  expect(found).toEqual([]);
});

test('the fuses are as they must be', () => {
  const wire = readFileSync(packed.program, 'latin1').split('dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX')[1] ?? '';
  const names = [
    'RunAsNode',
    'CookieEncryption',
    'NodeOptions',
    'CliInspect',
    'AsarIntegrity',
    'OnlyLoadAppFromAsar',
    'BrowserSnapshot',
    'FileProtocolExtraPrivileges',
  ];
  const states = Object.fromEntries(names.map((name, index) => [name, wire.charAt(index + 2) === '1']));
  expect(states).toEqual({
    RunAsNode: false,
    CookieEncryption: true,
    NodeOptions: false,
    CliInspect: false,
    AsarIntegrity: true,
    OnlyLoadAppFromAsar: true,
    BrowserSnapshot: false,
    FileProtocolExtraPrivileges: false,
  });
});

/** Starts the packed program. */
const openPacked = (options: { args?: string[]; env?: Record<string, string> } = {}) =>
  desk.open({ ...options, packed: packed.program });

test('the packed program signs in, creates a key, switches by its tray and quits', async () => {
  const system = await launchChromium();
  onTestFinished(() => system.close());
  const desktop = openPacked();
  const page = await shownPage(desktop);
  page.setDefaultTimeout(soon.timeout);
  await page.getByRole('button', { name: 'Sign in with GitHub' }).click();
  await expect.poll(() => opened().length, soon).toBe(1);
  const tab = await system.newPage();
  await tab.goto(opened()[0] ?? '');
  await tab.locator('button[data-person="ada"]').click();
  await page.getByText('Signed in as Ada Lovelace').waitFor();

  const { accounts } = JSON.parse((await machine().varvel('accounts', 'list', '--json')).stdout);
  const accountId = accounts.find(({ nickname }: { nickname: string }) => nickname === 'ada').id;
  for (const profile of ['studio', 'night']) {
    const asked = { accountId, alias: profile, scope: 'API' as const, profile, ttlMs: null };
    const created = await call(desktop, 'keys.create', asked);
    expect(created).toHaveProperty('ok');
  }
  await chooseInTray(desk, desktop, 'studio (ada)');
  await expect.poll(() => trayLabels(desk, desktop), soon).toContain('✓ studio (ada)');
  expect((await machine().varvel('current')).stdout.trim()).toBe('studio');
  expect((await machine().varvel('keys', 'test', 'studio')).stdout).toMatch(/^valid/m);
  await chooseInTray(desk, desktop, 'Quit Varvel');
  expect(await desktop.ended).toMatchObject({ code: 0 });
  expect(desktop.said()).toBe('');
});

test('installed, it starts at login when that is wished: an entry of the desktop’s', async () => {
  const config = join(machine().root, 'home', 'config');
  const desktop = openPacked({ env: { XDG_CONFIG_HOME: config } });
  await shownPage(desktop);
  expect(await call(desktop, 'settings.read', null)).toMatchObject({ ok: { startAtLogin: false } });
  const change = (startAtLogin: boolean) => call(desktop, 'settings.change', { startAtLogin });
  expect(await change(true)).toMatchObject({ ok: { startAtLogin: true } });
  expect(readFileSync(join(config, 'autostart', 'varvel.desktop'), 'utf8')).toContain(
    `Exec="${packed.program}" "--in-tray"`,
  );
  expect(await change(false)).toMatchObject({ ok: { startAtLogin: false } });
  expect(existsSync(join(config, 'autostart', 'varvel.desktop'))).toBe(false);
});

test('the packed program doesn’t run without Chromium’s sandbox', async () => {
  const desktop = openPacked({ args: ['--no-sandbox'] });
  await expect.poll(() => desktop.said(), soon).toContain('hint: Install the Debian package');
  await expect.poll(() => activeWindow(desk), soon).toBe('Error');
  await press(desk, 'Return');
  expect(await desktop.ended).toMatchObject({ code: 1 });
});

test.each(['--remote-debugging-port=0', '--remote-debugging-pipe'])(
  'the packed program doesn’t open its window to other programs by %s',
  async (option) => {
    const desktop = openPacked({ args: [option], env: { VARVEL_TEST_DEBUGGING: '' } });
    await expect.poll(() => desktop.said(), soon).toContain('hint: Start it without this option.');
    await expect.poll(() => activeWindow(desk), soon).toBe('Error');
    expect(desktop.stderr()).not.toContain('DevTools listening');
    expect(existsSync(join(machine().home, 'window', 'DevToolsActivePort'))).toBe(false);
    await press(desk, 'Return');
    expect(await desktop.ended).toMatchObject({ code: 1 });
  },
);

test('nobody makes the packed program another one: its fuses hold', async () => {
  const mark = join(machine().root, 'ran');
  const intruder = join(machine().root, 'intruder.cjs');
  desk.write(intruder, `require('node:fs').writeFileSync('${mark}', 'ran')`);
  // an app in the place of the asar
  const folder = join(packed.folder, 'resources', 'app');
  mkdirSync(folder);
  writeFileSync(join(folder, 'package.json'), '{"main":"main.cjs"}');
  writeFileSync(join(folder, 'main.cjs'), `require('${intruder}')`);
  onTestFinished(() => rmSync(folder, { recursive: true }));
  for (const { env, args } of [
    { env: { ELECTRON_RUN_AS_NODE: '1' }, args: [intruder] },
    { env: { NODE_OPTIONS: `--require=${intruder}` }, args: [] },
    { env: {}, args: ['--inspect=0', '-r', intruder] },
  ]) {
    const desktop = openPacked({ env, args });
    await shownPage(desktop);
    expect(desktop.stderr()).not.toContain('Debugger listening');
    desktop.process.kill('SIGTERM');
    expect(await desktop.ended).toMatchObject({ code: 0 });
  }
  expect(existsSync(mark)).toBe(false);
});

test('the installed command line runs on its own Node, also by a link to it', async () => {
  const link = join(packed.folder, 'link-to-varvel');
  symlinkSync(join(packed.folder, 'resources', 'cli', 'bin', 'varvel'), link);
  const home = join(packed.folder, 'home');
  const env = { PATH: '/usr/bin:/bin', HOME: home, VARVEL_HOME: home, VARVEL_VAULT: 'file' };
  const { stdout } = await run(link, ['--version'], { env });
  expect(stdout.trim()).toMatch(/0\.1\.0/);
  expect((await run(link, ['profiles', 'list', '--json'], { env })).stdout).toContain('"profiles"');
});

describe('the Debian package', () => {
  let folder = '';
  beforeAll(async () => {
    if (!installed) return;
    folder = await mkdtemp(join(tmpdir(), 'varvel-deb-'));
    await run('dpkg-deb', ['-R', packed.deb, folder]);
  });
  afterAll(async () => {
    if (folder) await rm(folder, { recursive: true, force: true });
  });

  test('says what it is and what it needs of the system', async () => {
    const control = await readFile(join(folder, 'DEBIAN', 'control'), 'utf8');
    expect(control).toMatch(/^Package: varvel$/m);
    expect(control).toMatch(/^Maintainer: .+ <\S+@\S+>$/m);
    expect(control).toMatch(/^Homepage: https:\/\/\S+$/m);
    const [, depends = ''] = /^Depends: (.*)$/m.exec(control) ?? [];
    // the keychain, the browser that signing in needs, and notifications
    expect(depends.split(', ')).toEqual(
      expect.arrayContaining(['libsecret-1-0', 'xdg-utils', 'libnotify4', 'libgtk-3-0', 'libnss3']),
    );
  });

  test('its command line runs without Electron', async () => {
    const { stdout } = await run(join(folder, 'opt/Varvel/resources/cli/bin/varvel'), ['--version'], {
      env: { PATH: '/usr/bin:/bin' },
    });
    expect(stdout).toMatch(/^\d+\.\d+\.\d+/);
  });

  test('has the window in the system’s menu', async () => {
    const entry = await readFile(join(folder, 'usr/share/applications/varvel-desktop.desktop'), 'utf8');
    expect(entry).toMatch(/^Exec=\/opt\/Varvel\/varvel-desktop %U$/m);
    expect(entry).toMatch(/^Icon=varvel-desktop$/m);
    // by this a running window belongs to its entry
    expect(entry).toMatch(/^StartupWMClass=varvel-desktop$/m);
    expect(existsSync(join(folder, 'usr/share/icons/hicolor/256x256/apps/varvel-desktop.png'))).toBe(true);
  });

  test('its scripts name what is in the package, and leave no placeholder', async () => {
    for (const name of ['postinst', 'postrm']) {
      const script = await readFile(join(folder, 'DEBIAN', name), 'utf8');
      await run('bash', ['-n', join(folder, 'DEBIAN', name)]);
      expect(script).not.toMatch(/\$\{(sanitizedProductName|executable)\}/);
    }
    const install = await readFile(join(folder, 'DEBIAN', 'postinst'), 'utf8');
    const [, target = ''] = /^ln -sf '([^']+)' '\/usr\/bin\/varvel'$/m.exec(install) ?? [];
    expect((await lstat(join(folder, target))).isFile()).toBe(true);
  });
});
