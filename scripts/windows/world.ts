import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { cp, mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { namespace, wineEnvironment } from './wine-root.ts';

/** A running Windows: where it is on this machine, and the process that keeps it. Plain data, for other processes. */
export interface World {
  /** The first process of its namespace. */
  pid: number;
  /** Its drive C:, as this machine sees it. */
  drive: string;
}

/** Why Windows can't run here; null when it can. */
export function whyNot(): string | null {
  if (process.platform !== 'linux' || process.arch !== 'x64') return 'needs Linux on x64';
  if (process.getuid?.() !== 0) return 'needs root';
  for (const name of ['apt-get', 'dpkg-deb', 'unshare', 'nsenter'])
    if (!['/usr/bin', '/bin'].some((folder) => existsSync(join(folder, name)))) return `needs ${name}`;
  try {
    execFileSync('unshare', [...namespace, 'mount', '-t', 'tmpfs', 'tmpfs', '/mnt'], { stdio: 'ignore' });
    return null;
  } catch {
    return 'needs to make namespaces and mounts';
  }
}

const script = `set -e
root=$0 work=$1
mount --bind "$root" "$root"
mount -o remount,bind,ro "$root"
mount -t tmpfs tmpfs "$root/tmp"
mount -t tmpfs tmpfs "$root/run"
mount -t proc proc "$root/proc"
mount --rbind /dev "$root/dev"
mount --bind "$work" "$root/work"
mount --bind "$root/prefix/drive_c/windows" "$root/work/prefix/drive_c/windows"
read -r pid rest </proc/self/stat
exec /usr/sbin/chroot "$root" /bin/sh -c "echo $pid; cat >/dev/null"`;

/**
 * Starts a Windows from a root: its own drive, one wineserver. It ends, with everything in it, when it is closed or
 * when this process dies: its first process reads from a pipe of this one.
 */
export async function startWorld(root: string): Promise<World & AsyncDisposable> {
  const work = await mkdtemp(join(tmpdir(), 'varvel-windows-'));
  const prefix = join(work, 'prefix');
  const from = join(root, 'prefix');
  for (const name of await readdir(from))
    if (name !== 'drive_c')
      await cp(join(from, name), join(prefix, name), { recursive: true, verbatimSymlinks: true });
  const drive = join(prefix, 'drive_c');
  for (const name of await readdir(join(from, 'drive_c')))
    if (name !== 'windows')
      await cp(join(from, 'drive_c', name), join(drive, name), { recursive: true, verbatimSymlinks: true });
  await mkdir(join(drive, 'windows'));
  const child = spawn('unshare', [...namespace, 'sh', '-c', script, root, work], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const close = async () => {
    await ended(child);
    await rm(work, { recursive: true, force: true, maxRetries: 3 });
  };
  try {
    const pid = Number(await firstLine(child));
    if (!Number.isInteger(pid) || pid <= 0) throw new Error('Wine’s namespace didn’t start');
    return { pid, drive, [Symbol.asyncDispose]: close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exit = once(child, 'exit');
  child.stdin?.end();
  const timer = setTimeout(() => child.kill('SIGKILL'), 5000);
  await exit;
  clearTimeout(timer);
}

function firstLine(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = '';
    child.stdout?.setEncoding('utf8').on('data', (part: string) => {
      text += part;
      if (text.includes('\n')) resolve(text.trim());
    });
    child.once('error', reject);
    child.once('exit', () => reject(new Error('Wine’s namespace didn’t start')));
  });
}

/** What starts a Windows program in a world, as a command for this machine. Its output must be a file. */
export function wineCommand({ pid }: World, program: string, args: string[]): [string, string[]] {
  const variables = Object.entries(wineEnvironment('/work/prefix')).map(
    ([name, value]) => `${name}=${value}`,
  );
  const inside = ['--target', String(pid), '--mount', '--pid', '--root', '--wd=/work'];
  return [
    'nsenter',
    [...inside, '/usr/bin/env', '-i', ...variables, '/usr/lib/wine/wine64', program, ...args],
  ];
}
