import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { cacheFolder } from '../packages/cache-folder.ts';

const execute = promisify(execFile);

/** Debian's release with a Wine that starts Node 24. Wine 8, of the release before, can't. */
const release = 'trixie';

/** Wine, and what the namespace itself needs. */
const packages = ['base-files', 'coreutils', 'dash', 'libc-bin', 'wine64'];

/** Changes when a root must be built again. */
const recipe = 1;

/** The variables of Wine's own programs, inside the root. @param prefix as the root sees it */
export const wineEnvironment = (prefix: string): Record<string, string> => ({
  PATH: '/usr/lib/wine:/usr/bin:/bin',
  HOME: '/tmp',
  LANG: 'C.UTF-8',
  XDG_RUNTIME_DIR: '/run',
  WINEPREFIX: prefix,
  WINELOADER: '/usr/lib/wine/wine64',
  WINESERVER: '/usr/lib/wine/wineserver64',
  WINEDEBUG: '-all',
  // no .NET, no browser, no entries in a menu
  WINEDLLOVERRIDES: 'mscoree,mshtml,winemenubuilder.exe=',
});

/**
 * A folder with Wine 10 and what it needs, to be used as a root, and in it `prefix`, a fresh Windows. Built once, in
 * about half a minute, from Debian's packages: they are unpacked, and none of their scripts runs.
 * @throws Error when it can't be built
 */
export async function wineRoot(): Promise<string> {
  const id = createHash('sha256')
    .update(JSON.stringify([recipe, release, packages]))
    .digest('hex');
  const folder = join(cacheFolder(), `wine-${id.slice(0, 12)}`);
  if (existsSync(folder)) return folder;
  await mkdir(cacheFolder(), { recursive: true });
  const fresh = await mkdtemp(join(cacheFolder(), 'new-'));
  try {
    const root = join(fresh, 'root');
    await unpack(await download(join(fresh, 'apt')), root);
    await finish(root);
    await makePrefix(root);
    // someone else may have been faster
    await rename(root, folder).catch((error: unknown) => {
      if (!existsSync(folder)) throw error;
    });
  } finally {
    await rm(fresh, { recursive: true, force: true });
  }
  return folder;
}

/** Downloads the packages with apt, in folders of its own: this machine's packages stay as they are. */
async function download(folder: string): Promise<string[]> {
  const archives = join(folder, 'cache', 'archives');
  for (const path of [join(folder, 'lists', 'partial'), join(archives, 'partial')])
    await mkdir(path, { recursive: true });
  const sources = join(folder, 'sources.list');
  await writeFile(join(folder, 'status'), '');
  const keyring = '/usr/share/keyrings/debian-archive-keyring.gpg';
  await writeFile(sources, `deb [signed-by=${keyring}] ${await mirror()} ${release} main\n`);
  const settings = {
    'Dir::Etc::sourcelist': sources,
    'Dir::Etc::sourceparts': '/dev/null',
    'Dir::Etc::preferences': '/dev/null',
    'Dir::Etc::preferencesparts': '/dev/null',
    'Dir::State::lists': join(folder, 'lists'),
    'Dir::State::status': join(folder, 'status'),
    'Dir::Cache': join(folder, 'cache'),
    'APT::Architecture': 'amd64',
    'APT::Architectures': 'amd64',
    'APT::Install-Recommends': 'false',
    'APT::Sandbox::User': 'root',
    'Acquire::Languages': 'none',
    'Acquire::Retries': '2',
    'Debug::NoLocking': 'true',
  };
  const options = Object.entries(settings).flatMap(([name, value]) => ['-o', `${name}=${value}`]);
  const apt = (...args: string[]) =>
    execute('apt-get', ['-qq', ...options, ...args], { timeout: 180_000, maxBuffer: 2 ** 26 });
  await apt('update');
  await apt('install', '-y', '--download-only', ...packages);
  const names = await readdir(archives);
  return names.filter((name) => name.endsWith('.deb')).map((name) => join(archives, name));
}

/** The Debian mirror that this machine uses. @throws Error without one */
async function mirror(): Promise<string> {
  const format = ['--format', '$(ORIGIN) $(REPO_URI)', 'Created-By: Packages'];
  const { stdout } = await execute('apt-get', ['indextargets', ...format]);
  const found = stdout.match(/^Debian (\S+\/debian\/?)$/m)?.[1];
  if (found === undefined) throw new Error('apt knows no Debian mirror');
  return found;
}

async function unpack(archives: string[], root: string): Promise<void> {
  const isFirst = (path: string) => path.includes('/base-files_');
  await mkdir(root);
  // first what makes /lib a link to /usr/lib
  for (const path of archives.filter(isFirst)) await execute('dpkg-deb', ['-x', path, root]);
  const rest = archives.filter((path) => !isFirst(path));
  const next = async () => {
    for (let path = rest.pop(); path !== undefined; path = rest.pop())
      await execute('dpkg-deb', ['-x', path, root]);
  };
  await Promise.all([next(), next()]);
}

/** What the packages' scripts would have done. */
async function finish(root: string): Promise<void> {
  await writeFile(join(root, 'etc', 'passwd'), 'root:x:0:0:root:/root:/bin/sh\n');
  await mkdir(join(root, 'work'));
  const library = await readFile(join(root, 'usr', 'x86_64-w64-mingw32', 'lib', 'zlib1.dll'));
  const mark = Buffer.alloc(32);
  mark.write('Wine builtin DLL');
  mark.copy(library, 64);
  await writeFile(join(root, 'usr/lib/x86_64-linux-gnu/wine/x86_64-windows/zlib1.dll'), library);
}

async function makePrefix(root: string): Promise<void> {
  const script = `set -e
mount -t tmpfs tmpfs "$0/tmp"
mount -t tmpfs tmpfs "$0/run"
mount -t proc proc "$0/proc"
mount --rbind /dev "$0/dev"
/usr/sbin/chroot "$0" /usr/bin/env -i "$@" /usr/lib/wine/wine64 wineboot.exe -i
/usr/sbin/chroot "$0" /usr/bin/env -i "$@" /usr/lib/wine/wineserver64 -w`;
  const variables = Object.entries(wineEnvironment('/prefix')).map(([name, value]) => `${name}=${value}`);
  const args = [...namespace, 'sh', '-c', script, root, ...variables];
  await execute('unshare', args, { timeout: 120_000, killSignal: 'SIGKILL' });
  const registry = join(root, 'prefix', 'system.reg');
  if (!existsSync(registry) || !readFileSync(registry, 'utf8').includes('ProgramFilesDir'))
    throw new Error('Wine didn’t set up its Windows');
}

/** A world of its own for mounts and processes: both end with its first process. */
export const namespace = ['--mount', '--pid', '--fork', '--kill-child'];
