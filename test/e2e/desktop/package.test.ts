import { execFile } from 'node:child_process';
import { readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { extractFile, listPackage } from '@electron/asar';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Packed, pack } from './packed.ts';

const run = promisify(execFile);
let packed: Packed;
beforeAll(async () => {
  packed = await pack();
}, 180_000);
afterAll(() => packed?.[Symbol.asyncDispose]());

const inAsar = () =>
  listPackage(packed.asar, { isPack: false }).map((path) => path.slice(1).replaceAll('\\', '/'));

const expectedInAsar: RegExp[] = [
  /^(assets|assets\/(app|tray)|dist|dist\/(main|preload|renderer|renderer\/assets))$/,
  /^(LICENSE|package\.json)$/,
  /^assets\/app\/256\.png$/,
  /^assets\/tray\/[\w@-]+\.(png|ico)$/,
  /^dist\/main\/[\w.-]+\.cjs$/,
  /^dist\/preload\/preload\.cjs$/,
  /^dist\/renderer\/(index\.html|assets\/[\w.-]+\.(js|css|svg|png|woff2))$/,
  /^node_modules(\/@github(\/keytar(\/(LICENSE\.md|package\.json|lib|lib\/keytar\.js|prebuilds.*))?)?)?$/,
];

const expectedOutside: RegExp[] = [
  /^(varvel-desktop|chrome-sandbox|version|LICENSE.*|locales\/en-US\.pak)$/,
  /^resources\/app\.asar$/,
  /^resources\/app\.asar\.unpacked\/node_modules\/@github\/keytar\//,
  /^resources\/cli\/(LICENSE|bin\/varvel|node|node_modules\/@github\/keytar\/.*)$/,
  /^resources\/cli\/dist\/cli\/([\w.-]+\.cjs|completions\/[\w.]+|hooks\/[\w.]+)$/,
  /^resources\/cli\/dist\/(renderer|web)\/.*\.(html|js|css|svg|png|woff2)$/,
];

const strangers = (paths: string[], expected: RegExp[]): string[] =>
  paths.filter((path) => !expected.some((pattern) => pattern.test(path)));

test('the package holds what is needed and nothing else', () => {
  expect(strangers(inAsar(), expectedInAsar)).toEqual([]);
  expect(strangers(packed.files, expectedOutside)).toEqual([]);
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
  for (const path of [...inAsar(), ...packed.files])
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

test('the installed command line runs on its own Node, also by a link to it', async () => {
  const link = join(packed.folder, 'link-to-varvel');
  symlinkSync(join(packed.folder, 'resources', 'cli', 'bin', 'varvel'), link);
  const home = join(packed.folder, 'home');
  const env = { PATH: '/usr/bin:/bin', HOME: home, VARVEL_HOME: home, VARVEL_VAULT: 'file' };
  const { stdout } = await run(link, ['--version'], { env });
  expect(stdout.trim()).toMatch(/0\.1\.0/);
  expect((await run(link, ['profiles', 'list', '--json'], { env })).stdout).toContain('"profiles"');
});
