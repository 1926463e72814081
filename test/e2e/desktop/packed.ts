import { execFile } from 'node:child_process';
import { chmod, cp, mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const root = join(import.meta.dirname, '../../..');

/** A package of this system, made by electron-builder around an Electron that is none. */
export interface Packed extends AsyncDisposable {
  /** What would be installed. */
  folder: string;
  /** Paths in it, with / between names. */
  files: string[];
  asar: string;
  program: string;
}

/** The mark before the fuses in Electron's program; then their version, their number and one byte for each. */
const fuseWire = `dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX${String.fromCharCode(1, 8)}10111001`;

async function standInElectron(folder: string): Promise<string> {
  const electron = join(folder, 'electron');
  await mkdir(join(electron, 'resources'), { recursive: true });
  await mkdir(join(electron, 'locales'));
  await writeFile(join(electron, 'electron'), `\x7fELF… ${fuseWire} …`, 'latin1');
  await chmod(join(electron, 'electron'), 0o755);
  for (const name of [
    'LICENSE',
    'LICENSES.chromium.html',
    'chrome-sandbox',
    'locales/en-US.pak',
    'locales/de.pak',
  ]) {
    await writeFile(join(electron, name), '');
  }
  await writeFile(join(electron, 'version'), '45.4.1');
  return electron;
}

/** A Debian package, made by electron-builder with a stand-in for fpm, which it would download. */
export interface Deb extends AsyncDisposable {
  file: string;
}

/** A folder with all that `npm run package` starts from. */
async function project(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'varvel-package-'));
  for (const name of ['package.json', 'electron-builder.yml', 'assets']) {
    await cp(join(root, name), join(folder, name), { recursive: true });
  }
  await run(process.execPath, [join(root, 'scripts', 'stage-desktop.ts'), join(folder, 'dist', 'stage')]);
  return folder;
}

/** Runs electron-builder there. @returns the folder of what it made */
async function build(folder: string, target: 'dir' | 'deb', env: NodeJS.ProcessEnv = {}): Promise<string> {
  await run(
    process.execPath,
    [
      join(root, 'node_modules', 'electron-builder', 'cli.js'),
      ...['--project', folder, '--linux', target, `--${process.arch}`],
      `-c.electronDist=${await standInElectron(folder)}`,
      '-c.electronVersion=45.4.1',
    ],
    { cwd: root, env: { ...process.env, ...env } },
  );
  return join(folder, 'dist', 'packages');
}

/** Makes a .deb as `npm run package` does. */
export async function packDeb(): Promise<Deb> {
  const folder = await project();
  const fpm = join(folder, 'fpm');
  await writeFile(
    fpm,
    `#!/bin/sh\nexec '${process.execPath}' '${join(import.meta.dirname, 'fpm.ts')}' "$@"\n`,
  );
  await chmod(fpm, 0o755);
  const packages = await build(folder, 'deb', { CUSTOM_FPM_PATH: fpm });
  const [name = ''] = (await readdir(packages)).filter((one) => one.endsWith('.deb'));
  return {
    file: join(packages, name),
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }),
  };
}

/** Packs what is built as `npm run package` does, in a folder of its own. */
export async function pack(): Promise<Packed> {
  const made = await project();
  const packages = await build(made, 'dir');
  const [name = ''] = (await readdir(packages)).filter((one) => one.endsWith('unpacked'));
  const folder = join(packages, name);
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return {
    folder,
    files: entries
      .filter((entry) => entry.isFile())
      .map((entry) => relative(folder, join(entry.parentPath, entry.name)).replaceAll('\\', '/'))
      .sort(),
    asar: join(folder, 'resources', 'app.asar'),
    program: join(folder, 'varvel-desktop'),
    [Symbol.asyncDispose]: () => rm(made, { recursive: true, force: true }),
  };
}
