import { execFile } from 'node:child_process';
import { chmod, cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join, relative } from 'node:path';
import { promisify } from 'node:util';
import { type Installed, shimPackages } from '../../electron/installed.ts';

const run = promisify(execFile);
const root = join(import.meta.dirname, '../../..');

/** What electron-builder makes of the program for this system, with the Electron that the tests run on. */
export interface Packed extends AsyncDisposable {
  /** What would be installed. */
  folder: string;
  /** Paths in it, with / between names. */
  files: string[];
  asar: string;
  program: string;
  /** The Debian package, if it was asked for. */
  deb: string;
}

/**
 * Packs what is built as `npm run package` does, in a folder of its own. fpm, which electron-builder would download, is
 * replaced by a small program around dpkg-deb.
 */
export async function pack(
  installed: Installed,
  targets: ('dir' | 'deb')[] = ['dir', 'deb'],
): Promise<Packed> {
  const project = await mkdtemp(join(tmpdir(), 'varvel-package-'));
  const close = () => rm(project, { recursive: true, force: true, maxRetries: 3 });
  try {
    await chmod(project, 0o755);
    for (const name of ['package.json', 'electron-builder.yml', 'assets'])
      await cp(join(root, name), join(project, name), { recursive: true });
    const stage = join(project, 'dist', 'stage');
    await cp(installed.app, join(stage, 'app'), { recursive: true });
    await cp(dirname(dirname(installed.varvel)), join(stage, 'cli'), { recursive: true });
    if (installed.electron.shims.length > 0) await addShims(join(stage, 'app'), installed);
    const fpm = join(project, 'fpm');
    await writeFile(
      fpm,
      `#!/bin/sh\nexec '${process.execPath}' '${join(import.meta.dirname, 'fpm.ts')}' "$@"\n`,
    );
    await chmod(fpm, 0o755);
    await run(
      process.execPath,
      [
        join(root, 'node_modules', 'electron-builder', 'cli.js'),
        ...['--project', project, '--linux', ...targets, `--${process.arch}`],
        `-c.electronDist=${installed.electron.folder}`,
        `-c.electronVersion=${installed.electron.version}`,
      ],
      { cwd: root, env: { ...process.env, CUSTOM_FPM_PATH: fpm }, maxBuffer: 64 * 1024 * 1024 },
    );
    const packed = await look(join(project, 'dist', 'packages'));
    // as the Debian package's own script does, for where user namespaces are off
    if (process.getuid?.() === 0) await chmod(join(packed.folder, 'chrome-sandbox'), 0o4755);
    return { ...packed, [Symbol.asyncDispose]: close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function look(packages: string): Promise<Omit<Packed, typeof Symbol.asyncDispose>> {
  const names = await readdir(packages);
  const folder = join(packages, names.find((one) => one.endsWith('unpacked')) ?? '');
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return {
    folder,
    files: entries
      .filter((entry) => entry.isFile())
      .map((entry) => relative(folder, join(entry.parentPath, entry.name)).replaceAll('\\', '/'))
      .sort(),
    asar: join(folder, 'resources', 'app.asar'),
    program: join(folder, 'varvel-desktop'),
    deb: join(packages, names.find((one) => one.endsWith('.deb')) ?? ''),
  };
}

/**
 * What an older Electron lacks goes into its package too: its modules in a folder `test` that real packages don't have, and
 * the addon that they need among the program's own.
 */
async function addShims(app: string, { electron }: Installed): Promise<void> {
  await mkdir(join(app, 'test'));
  for (const path of electron.shims) await cp(path, join(app, 'test', basename(path)));
  for (const name of shimPackages)
    await cp(join(root, 'node_modules', name), join(app, 'node_modules', name), { recursive: true });
  const path = join(app, 'package.json');
  const manifest = JSON.parse(await readFile(path, 'utf8'));
  const started = [...electron.shims.map((shim) => `./${basename(shim)}`), `../${manifest.main}`];
  await writeFile(join(app, 'test', 'start.cjs'), started.map((name) => `require('${name}');\n`).join(''));
  const dependencies = {
    ...manifest.dependencies,
    ...Object.fromEntries(shimPackages.map((name) => [name, '*'])),
  };
  await writeFile(path, JSON.stringify({ ...manifest, dependencies, main: 'test/start.cjs' }));
}
