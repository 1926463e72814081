import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { isUnmounted, otherMountOf } from '../../../platform/files/mounts.ts';
import { temporaryFolder } from '../platform/temporary-folder.ts';

test.runIf(process.platform === 'linux')(
  'a folder of fstab counts as not mounted until a disk is mounted there; others don’t',
  async () => {
    using folder = temporaryFolder();
    const [wanted, disk] = [join(folder.path, 'fstab'), join(folder.path, 'my disk')];
    mkdirSync(disk);
    const at = (path: string) => path.replaceAll(' ', '\\040');
    writeFileSync(
      wanted,
      `# /dev/sda1 ${at(folder.path)}\n\nUUID=1-2\t${at(disk)}/ ext4 noauto 0 2\nproc /proc proc defaults\n/dev/sdb none swap\n`,
    );
    const isUnmountedAt = (path: string, mounted = '/proc/self/mountinfo') =>
      isUnmounted(path, { wanted, mounted });
    expect(await isUnmountedAt(join(disk, '.env'))).toBe(true);
    expect(await isUnmountedAt('/proc/.env')).toBe(false);
    for (const path of [folder.path, join(disk, 'shop'), '/', '/none'])
      expect(await isUnmountedAt(join(path, '.env'))).toBe(false);
    const mounted = join(folder.path, 'mountinfo');
    writeFileSync(mounted, `36 35 98:0 / ${at(disk)} rw,noatime shared:1 - ext4 /dev/sda1 rw\n`);
    expect(await isUnmountedAt(join(disk, '.env'), mounted)).toBe(false);
    expect(await isUnmountedAt(join(disk, '.env'), join(folder.path, 'missing'))).toBe(false);
  },
);

test.runIf(process.platform === 'linux')(
  'a file that is mounted elsewhere, too, is found there',
  async () => {
    using folder = temporaryFolder();
    const table = join(folder.path, 'mountinfo');
    writeFileSync(
      table,
      [
        '27 1 254:0 / / rw - ext4 /dev/vda rw',
        '30 27 8:1 / /data rw - ext4 /dev/sda1 rw',
        '31 27 8:1 /shop/.env /srv/app/my\\040env rw - ext4 /dev/sda1 rw',
        '32 27 254:0 /home/ada/.env /run/secrets/env rw - ext4 /dev/vda rw',
        '33 27 0:5 /shop/.env /elsewhere rw - tmpfs tmpfs rw',
        '',
      ].join('\n'),
    );
    expect(await otherMountOf('/data/shop/.env', table)).toBe('/srv/app/my env');
    expect(await otherMountOf('/home/ada/.env', table)).toBe('/run/secrets/env');
    for (const path of ['/shop/.env', '/data/.env', '/run/secrets/env', '/datashop/.env'])
      expect(await otherMountOf(path, table), path).toBe(null);
    expect(await otherMountOf('/data/shop/.env', join(folder.path, 'missing'))).toBe(null);
  },
);
