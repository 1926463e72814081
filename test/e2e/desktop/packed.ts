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

/** Packs what is built as `npm run package` does, in a folder of its own. */
export async function pack(): Promise<Packed> {
  const project = await mkdtemp(join(tmpdir(), 'varvel-package-'));
  for (const name of ['package.json', 'electron-builder.yml', 'assets']) {
    await cp(join(root, name), join(project, name), { recursive: true });
  }
  await run(process.execPath, [join(root, 'scripts', 'stage-desktop.ts'), join(project, 'dist', 'stage')]);
  await run(
    process.execPath,
    [
      join(root, 'node_modules', 'electron-builder', 'cli.js'),
      ...['--project', project, '--linux', 'dir', `--${process.arch}`],
      `-c.electronDist=${await standInElectron(project)}`,
      '-c.electronVersion=45.4.1',
    ],
    { cwd: root },
  );
  const packages = join(project, 'dist', 'packages');
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
    [Symbol.asyncDispose]: () => rm(project, { recursive: true, force: true }),
  };
}
