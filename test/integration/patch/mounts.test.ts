import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { isUnmounted } from '../../../platform/files/mounts.ts';
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
