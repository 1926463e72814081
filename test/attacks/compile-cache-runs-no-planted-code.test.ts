import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { giveTo } from '../electron/person.ts';
import { temporaryFolder } from '../integration/platform/temporary-folder.ts';

const built = join(import.meta.dirname, '../../dist/cli');

let program = '';
let cache = '';

/** Runs the copied program once under a umask, as a first start would. */
const start = (umask = '022') =>
  spawnSync(
    'sh',
    ['-c', `umask ${umask}; exec "$0" "$1" --help`, process.execPath, join(program, 'varvel.cjs')],
    {
      encoding: 'utf8',
      env: { PATH: process.env.PATH, HOME: program },
    },
  );

/** A copy of the command line, without what it has compiled. */
function copyTo(folder: string): void {
  program = join(folder, 'cli');
  cache = join(program, 'compile-cache');
  cpSync(built, program, { recursive: true, filter: (from) => !from.includes('compile-cache') });
}

const compiled = (): string[] =>
  readdirSync(cache, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));

/** What Node's header of a compiled file says of its source: size, length of the code, and hash at these places. */
const sourceHash = { from: 12, to: 16 };

/**
 * Plants what another user of the machine would: code compiled from a changed source of the same length, with the
 * header of the true source.
 */
function plant(): void {
  start();
  const headers = new Map(compiled().map((path) => [path, readFileSync(path).subarray(0, sourceHash.to)]));
  rmSync(cache, { recursive: true });
  const chunks = readdirSync(program).filter((name) => /^base-.*\.cjs$/.test(name));
  const sources = new Map(chunks.map((name) => [name, readFileSync(join(program, name), 'utf8')]));
  expect(sources.size).toBe(1);
  for (const [name, source] of sources) {
    const evil = source.replace(/\/\*\* .{40,} \*\//, (line) =>
      "console.error('PLANTED');".padEnd(line.length),
    );
    expect(evil.length).toBe(source.length);
    expect(evil).not.toBe(source);
    writeFileSync(join(program, name), evil);
  }
  expect(start().stderr).toContain('PLANTED');
  for (const [name, source] of sources) writeFileSync(join(program, name), source);
  for (const path of compiled()) {
    const file = readFileSync(path);
    headers.get(path)?.copy(file, sourceHash.from, sourceHash.from, sourceHash.to);
    writeFileSync(path, file);
  }
}

let folder: ReturnType<typeof temporaryFolder>;
beforeEach(() => {
  folder = temporaryFolder();
  copyTo(folder.path);
  return () => folder[Symbol.dispose]();
});

test('the attack is real: in our own folder the planted code runs', () => {
  plant();
  expect(start()).toMatchObject({ status: 0, stderr: expect.stringContaining('PLANTED') });
});

test.each(['000', '022', '077'])('the folder is 0700 under umask %s', (umask) => {
  expect(start(umask)).toMatchObject({ status: 0, stderr: '' });
  expect(lstatSync(cache).mode & 0o777).toBe(0o700);
  expect(compiled().length).toBeGreaterThan(0);
});

test.each([0o777, 0o720, 0o702, 0o755])(
  'planted code in a folder that others can open (%o) doesn’t run',
  (mode) => {
    plant();
    chmodSync(cache, mode);
    const before = compiled().map((path) => statSync(path).mtimeMs);
    expect(start()).toMatchObject({ status: 0, stderr: '' });
    expect(compiled().map((path) => statSync(path).mtimeMs)).toEqual(before);
  },
);

test('planted code behind a link doesn’t run', () => {
  plant();
  const elsewhere = join(folder.path, 'elsewhere');
  renameSync(cache, elsewhere);
  symlinkSync(elsewhere, cache);
  expect(start()).toMatchObject({ status: 0, stderr: '' });
});

test.skipIf(process.getuid?.() !== 0)('planted code in another user’s folder doesn’t run', () => {
  plant();
  giveTo({ uid: 65_534, gid: 65_534 }, cache);
  expect(start()).toMatchObject({ status: 0, stderr: '' });
});

test('a file where the folder would be changes nothing', () => {
  writeFileSync(cache, '');
  expect(start()).toMatchObject({ status: 0, stderr: '' });
  rmSync(cache);
  mkdirSync(cache, { mode: 0o700 });
  expect(start()).toMatchObject({ status: 0, stderr: '' });
  expect(existsSync(cache)).toBe(true);
});
