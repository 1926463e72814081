import { existsSync, readdirSync, readFileSync, readlinkSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { atomicWrite, atomicWriteNow } from '../../../platform/files/atomic-write.ts';
import { patchFile } from '../../../platform/files/patch-file.ts';
import { type RenameSystem, renameNow } from '../../../platform/files/rename.ts';
import { temporaryFolder } from '../platform/temporary-folder.ts';

const refusal = (code: string) => Object.assign(new Error(`${code}: rename`), { code });

/** Whether this process has a file open. */
const isOpenHere = (path: string): boolean =>
  readdirSync('/proc/self/fd').some((fd) => {
    try {
      return readlinkSync(join('/proc/self/fd', fd)) === path;
    } catch {
      return false;
    }
  });

/** Renames as Windows does: not over a file that is open, and not while another program holds it. */
function likeWindows(heldFor: number, code = 'EBUSY'): RenameSystem & { tries: number } {
  return {
    platform: 'win32',
    tries: 0,
    rename(from, to) {
      this.tries += 1;
      if (isOpenHere(to)) throw refusal('EPERM');
      if (this.tries <= heldFor) throw refusal(code);
      renameSync(from, to);
    },
  };
}

const hasProc = existsSync('/proc/self/fd');

test.runIf(hasProc)('on Windows a file is closed before another takes its place', async () => {
  using folder = temporaryFolder();
  const path = join(folder.path, 'file');
  writeFileSync(path, 'old\r\n');
  const system = likeWindows(0);
  const { written } = await patchFile(path, (before) => Buffer.from(`${before}new\r\n`), { system });
  expect([written, system.tries, readFileSync(path, 'utf8')]).toEqual([true, 1, 'old\r\nnew\r\n']);
  expect(readdirSync(folder.path)).toEqual(['file']);
});

test.runIf(hasProc).each(['EPERM', 'EACCES', 'EBUSY'])(
  'on Windows a file that another program holds for a moment (%s) is changed after it',
  async (code) => {
    using folder = temporaryFolder();
    const path = join(folder.path, 'file');
    writeFileSync(path, 'old');
    await patchFile(path, () => Buffer.from('patched'), { system: likeWindows(3, code) });
    expect(readFileSync(path, 'utf8')).toBe('patched');
    expect(await atomicWrite(path, 'written', { system: likeWindows(3, code) })).toBe(true);
    expect(readFileSync(path, 'utf8')).toBe('written');
    atomicWriteNow(path, 'at once', { system: likeWindows(3, code) });
    expect(readFileSync(path, 'utf8')).toBe('at once');
    expect(readdirSync(folder.path)).toEqual(['file']);
  },
);

test.runIf(hasProc)(
  'on Windows a change made by the program that held the file is not overwritten',
  async () => {
    using folder = temporaryFolder();
    const path = join(folder.path, 'file');
    writeFileSync(path, 'old');
    const system = likeWindows(1);
    const { rename } = system;
    system.rename = function (from, to) {
      if (this.tries === 0) writeFileSync(to, 'theirs');
      rename.call(this, from, to);
    };
    await patchFile(path, (before) => Buffer.from(`${before}+ours`), { system });
    expect(readFileSync(path, 'utf8')).toBe('theirs+ours');
  },
);

test.runIf(hasProc)(
  'on Windows a file that stays held is left after two seconds, with the cause',
  async () => {
    using folder = temporaryFolder();
    const path = join(folder.path, 'file');
    writeFileSync(path, 'old');
    const begun = performance.now();
    await expect(
      patchFile(path, () => Buffer.from('new'), { system: likeWindows(Number.POSITIVE_INFINITY, 'EPERM') }),
    ).rejects.toMatchObject({
      code: 'conflict',
      message: expect.stringMatching(/another program has it open/),
    });
    const took = performance.now() - begun;
    expect(took).toBeGreaterThan(1800);
    expect(took).toBeLessThan(5000);
    expect([readFileSync(path, 'utf8'), readdirSync(folder.path)]).toEqual(['old', ['file']]);
  },
);

test('elsewhere a refusal to rename is final at once', () => {
  let tries = 0;
  const rename = () => {
    tries += 1;
    throw refusal('EPERM');
  };
  expect(() => renameNow('a', 'b', { platform: 'linux', rename })).toThrow('EPERM');
  expect(tries).toBe(1);
});
