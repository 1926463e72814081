import { unlinkSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Files, Locks } from '../../core/ports.ts';
import type { TemporaryNotes } from './atomic-write.ts';
import { fileError, keepsChanging } from './file-error.ts';
import { filesBeside } from './files-beside.ts';
import { isUnmounted, otherMountOf } from './mounts.ts';
import { patchFile, readForPatch } from './patch-file.ts';
import { isUnchanged, openTarget, refusePlanted } from './patch-target.ts';
import { makePrivateFolder } from './private-folder.ts';

const defaultLimit = 8 * 1024 * 1024;

/**
 * The port for other programs' files.
 * @param locks so that Varvel's processes don't write at the same time
 * @param notes where it notes new files until they are in place
 */
export const createFiles = (locks: Pick<Locks, 'exclusive'>, notes: TemporaryNotes): Files => ({
  async read(path, { limit = defaultLimit } = {}) {
    await refusePlanted(path);
    const found = await readForPatch(path, { limit });
    return { ...found, mountedAt: found.bytes && (await otherMountOf(found.path)) };
  },

  async patch(path, change, { mode = 0o600, createFolder = false, limit = defaultLimit } = {}) {
    try {
      if (createFolder) makePrivateFolder(dirname(path));
    } catch (error) {
      throw fileError(error, path, 'change');
    }
    return patchFile(path, change, { mode, limit, locks, notes });
  },

  async remove(path, check, written) {
    try {
      await using target = await openTarget(path, defaultLimit, written && Buffer.from(written));
      if (!target.file) return false;
      check(target.file.bytes);
      if (!isUnchanged(path, target)) throw keepsChanging(path);
      unlinkSync(path);
      return true;
    } catch (error) {
      throw fileError(error, path, 'change');
    }
  },

  async isInEmptyFolder(path) {
    try {
      return (await readdir(dirname(path))).length === 0;
    } catch {
      return false;
    }
  },

  isUnmounted: (path) => isUnmounted(path),
  beside: filesBeside,
});
