import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import * as z from 'zod/mini';
import { cacheFolder } from './cache-folder.ts';

const execute = promisify(execFile);
const root = join(import.meta.dirname, '..', '..');

const Lock = z.object({
  lockfileVersion: z.number(),
  packages: z.record(z.string(), z.looseObject({ version: z.optional(z.string()) })),
});

/**
 * Installs packages as npm would on another system, in the versions and with the checksums of package-lock.json.
 * Kept from run to run.
 * @param names the packages and all that they need
 * @returns the folder that has their node_modules
 * @throws Error when npm can't install them
 */
export async function packagesFor(
  { os, cpu }: { os: NodeJS.Platform; cpu: NodeJS.Architecture },
  names: readonly string[],
): Promise<string> {
  const { lockfileVersion, packages } = Lock.parse(
    JSON.parse(await readFile(join(root, 'package-lock.json'), 'utf8')),
  );
  const locked = names.map((name) => {
    const entry = packages[`node_modules/${name}`];
    if (entry?.version === undefined) throw new Error(`package-lock.json has no ${name}`);
    return { name, version: entry.version, entry };
  });
  const manifest = {
    name: `varvel-on-${os}`,
    version: '0.0.0',
    private: true,
    // npm refuses other systems' packages unless they are optional
    optionalDependencies: Object.fromEntries(locked.map(({ name, version }) => [name, version])),
  };
  const lock = {
    name: manifest.name,
    lockfileVersion,
    requires: true,
    packages: {
      '': manifest,
      ...Object.fromEntries(locked.map(({ name, entry }) => [`node_modules/${name}`, entry])),
    },
  };
  const text = JSON.stringify(lock);
  const id = createHash('sha256').update(`${cpu} ${text}`).digest('hex').slice(0, 12);
  const folder = join(cacheFolder(), `packages-${os}-${id}`);
  if (existsSync(folder)) return folder;
  await mkdir(cacheFolder(), { recursive: true });
  const fresh = await mkdtemp(join(cacheFolder(), 'new-'));
  try {
    await writeFile(join(fresh, 'package.json'), JSON.stringify(manifest));
    await writeFile(join(fresh, 'package-lock.json'), text);
    const quiet = ['--no-audit', '--no-fund', '--no-update-notifier', '--loglevel=error'];
    await execute('npm', ['ci', `--os=${os}`, `--cpu=${cpu}`, '--ignore-scripts', ...quiet], {
      cwd: fresh,
      timeout: 120_000,
    });
    for (const name of names)
      if (!existsSync(join(fresh, 'node_modules', name))) throw new Error(`npm didn’t install ${name}`);
    await rename(fresh, folder).catch((error: unknown) => {
      if (!existsSync(folder)) throw error;
    });
  } finally {
    await rm(fresh, { recursive: true, force: true });
  }
  return folder;
}
