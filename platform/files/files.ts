import { unlinkSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Files, Locks } from '../../core/ports.ts';
import { fileError, keepsChanging } from './file-error.ts';
import { patchFile, readForPatch } from './patch-file.ts';
import { isUnchanged, openTarget } from './patch-target.ts';
import { makePrivateFolder } from './private-folder.ts';

const usualLimit = 8 * 1024 * 1024;

/** The port for other people's files. @param locks keep Varvel's processes out of each other's way */
export const createFiles = (locks: Pick<Locks, 'exclusive'>): Files => ({
  read: (path, { limit = usualLimit } = {}) => readForPatch(path, { limit }),

  async patch(path, change, { mode = 0o600, makeFolder = false, limit = usualLimit } = {}) {
    try {
      if (makeFolder) makePrivateFolder(dirname(path));
    } catch (error) {
      throw fileError(error, path, 'change');
    }
    return patchFile(path, change, { mode, limit, locks });
  },

  async remove(path, check, written) {
    try {
      await using target = await openTarget(path, usualLimit, written && Buffer.from(written));
      if (!target.file) return false;
      check(target.file.bytes);
      if (!isUnchanged(path, target)) throw keepsChanging(path);
      unlinkSync(path);
      return true;
    } catch (error) {
      throw fileError(error, path, 'change');
    }
  },
});
