import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openState } from '../../../platform/state/open-state.ts';
import { type Ended, runChild } from './child.ts';
import { temporaryFolder } from './temporary-folder.ts';

/**
 * A command in mounts of its own, which vanish with it: as root, or as anybody where user namespaces are allowed.
 * Permission bits would not do, since root, whom CI runs as, is above them.
 */
const namespaces = [
  ['unshare', '-m'],
  ['unshare', '-Urm'],
].find(([command = '', ...flags]) => {
  try {
    execFileSync(command, [...flags, 'sh', '-c', 'mount -t tmpfs none /mnt'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
});

const mounted = (mount: string, args: string[], folder: string): Promise<Ended> =>
  runChild('open-once', args, {
    under: [...(namespaces ?? []), 'sh', '-c', `${mount} && exec "$@"`, folder],
  });

const onTinyDisk = (folder: string, args: string[]) =>
  mounted('mount -t tmpfs -o size=512k,mode=700 none "$0"', args, folder);

const onReadOnly = (folder: string, args: string[]) =>
  mounted('mount --bind "$0" "$0" && mount -o remount,ro,bind "$0"', args, folder);

test.skipIf(!namespaces)('a full disk is told as such, and what was saved before stays', async () => {
  using folder = temporaryFolder();
  const { lines, errors } = await onTinyDisk(folder.path, [folder.path, 'fill']);
  expect(errors).toBe('');
  expect(lines.length).toBeGreaterThan(2);
  expect(lines.at(-1)).toMatch(/^storage_full The disk is full.*Free some space/);
});

test.skipIf(!namespaces)('a disk too full for a database at all is told as such', async () => {
  using folder = temporaryFolder();
  const full = 'mount -t tmpfs -o size=16k,mode=700 none "$0" && head -c 12000 /dev/zero > "$0/other"';
  const { lines } = await mounted(full, [folder.path], folder.path);
  expect(lines.join()).toMatch(/^storage_full/);
});

test.skipIf(!namespaces)('a read-only home can still be read, and writing says why not', async () => {
  using folder = temporaryFolder();
  const state = openState(folder.path);
  state.settings.set('name', 'old');
  state.close();
  expect((await onReadOnly(folder.path, [folder.path])).lines).toEqual(['read old 0']);
  expect((await onReadOnly(folder.path, [folder.path, 'write', 'name', 'new'])).lines.join()).toMatch(
    /^storage_read_only .*read-only/,
  );
  expect((await onReadOnly(folder.path, [folder.path, 'log', 'x'])).lines.join()).toMatch(
    /^storage_read_only/,
  );
});

test.skipIf(!namespaces)('a read-only home is read with what stands in its log only', async () => {
  using folder = temporaryFolder();
  const state = openState(folder.path);
  state.settings.set('name', 'in the log');
  // Still open, so the log is not written back.
  expect((await onReadOnly(folder.path, [folder.path])).lines).toEqual(['read in the log 0']);
  state.close();
  await runChild('open-once', [folder.path, 'log', 'left in the log']);
  expect(statSync(join(folder.path, 'state.db-wal')).size).toBeGreaterThan(0);
  expect((await onReadOnly(folder.path, [folder.path])).lines).toEqual(['read in the log 0']);
});

test.skipIf(!namespaces)('an empty read-only home says that nothing can be kept there', async () => {
  using folder = temporaryFolder();
  expect((await onReadOnly(folder.path, [folder.path])).lines.join()).toMatch(/^storage_read_only/);
});

const traces = (() => {
  try {
    execFileSync('strace', ['-e', 'trace=none', '-o', '/dev/null', 'true'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
})();

test.skipIf(!traces).each(['fsync,fdatasync', 'pwrite64', 'pread64'])(
  'a device that fails (%s) is told as such, is no damage, and a later command works',
  async (call) => {
    using folder = temporaryFolder();
    const state = openState(folder.path);
    state.settings.set('name', 'old');
    state.close();
    const files = ['', '-wal'].flatMap((part) => ['-P', join(folder.path, `state.db${part}`)]);
    const under = ['strace', '-f', '-o', '/dev/null', ...files, '-e', `inject=${call}:error=EIO`];
    const { lines } = await runChild('open-once', [folder.path, 'write', 'name', 'new'], { under });
    expect(lines.join()).toMatch(/^storage_failed/);
    expect((await runChild('open-once', [folder.path, 'write', 'name', 'new'])).lines).toEqual([
      'read new 0',
    ]);
    expect(readdirSync(folder.path).filter((name) => name.includes('damaged'))).toEqual([]);
  },
);

test.each([0o000, 0o077])('files are 0600 under any umask (%o)', async (mask) => {
  using folder = temporaryFolder();
  const { lines } = await runChild('list-modes', [folder.path, String(mask)]);
  expect(lines.sort()).toEqual(
    [
      'state.db 600',
      'state.db-shm 600',
      'state.db-wal 600',
      'locks 700',
      'locks/session_2fa_7cb.lock 600',
      'written 600',
    ].sort(),
  );
});

test('a database that stands open to others is closed to them', () => {
  using folder = temporaryFolder();
  const inner = join(folder.path, 'fal');
  mkdirSync(inner);
  openState(inner).close();
  chmodSync(join(inner, 'state.db'), 0o644);
  openState(inner).close();
  expect(statSync(join(inner, 'state.db')).mode & 0o777).toBe(0o600);
});
