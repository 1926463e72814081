import { hasCode, VarvelError } from '../model/error.ts';
import type { PinnedFolder } from '../model/pinned-folder.ts';
import { checkProfileName } from '../model/profile.ts';
import type { Ports } from '../ports.ts';
import { parsePin } from './pin.ts';

export type Pins = ReturnType<typeof createPins>;

const text = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);

/** Whether a file is a pin. */
function isPin(bytes: Uint8Array, path: string): boolean {
  try {
    parsePin(text(bytes), path);
    return true;
  } catch (error) {
    if (error instanceof VarvelError) return false;
    throw error;
  }
}

/** The folder of a `.varvel` file. */
const folderOf = (path: string): string => path.replace(/[\\/][^\\/]*$/, '') || '/';

/** Makes and takes away the `.varvel` files of folders, and remembers where. */
export function createPins({ files, pinFiles, state }: Pick<Ports, 'files' | 'pinFiles' | 'state'>) {
  /** The file is what counts: where nothing can be remembered, it goes on. */
  function remember(work: () => void): void {
    try {
      work();
    } catch (error) {
      if (!hasCode(error, 'storage_read_only', 'storage_full', 'state_busy')) throw error;
    }
  }

  async function lookAt(path: string, profile: string): Promise<PinnedFolder['state']> {
    try {
      const { bytes } = await files.read(path);
      if (bytes === null) return 'gone';
      return parsePin(text(bytes), path).profile === profile ? 'pinned' : 'other';
    } catch (error) {
      if (!(error instanceof VarvelError)) throw error;
      return error.code === 'not_found' ? 'gone' : 'other';
    }
  }

  return {
    /** The folders that were pinned from here, each looked at. */
    async list(): Promise<PinnedFolder[]> {
      const found: PinnedFolder[] = [];
      for (const { folder, profile } of state.pins.all())
        found.push({ folder, profile, state: await lookAt(pinFiles.pathIn(folder), profile) });
      return found;
    },

    /**
     * Pins a folder to a profile: the file holds `profile = "NAME"` and nothing else, or, where a pin was, its comments.
     * @throws VarvelError `not_found` for a folder that isn't there, `invalid` for a name no profile can have, `conflict`
     * for a file that is no pin
     */
    async pin(folder: string, name: string): Promise<{ path: string; changed: boolean }> {
      const path = pinFiles.pathInExisting(folder);
      checkProfileName(name);
      const line = `profile = "${name}"`;
      const { written } = await files.patch(
        path,
        (before) => {
          if (before === null || before.length === 0) return new TextEncoder().encode(`${line}\n`);
          if (!isPin(before, path)) throw notOurs(path, 'Move it away, or pin another folder.');
          return new TextEncoder().encode(
            text(before).replace(/profile\s*=\s*"[^"]*"(?=\s*(?:#.*)?$)/m, line),
          );
        },
        { mode: 0o644 },
      );
      remember(() => state.pins.put({ folder: folderOf(path), profile: name }));
      return { path, changed: written };
    },

    /**
     * Takes a pin away. `removed` is false when there is none.
     * @param isThere refuses a folder that isn't there
     * @throws VarvelError `conflict` for a file that is no pin, `not_found`
     */
    async unpin(folder: string, isThere = false): Promise<{ path: string; removed: boolean }> {
      const path = isThere ? pinFiles.pathInExisting(folder) : pinFiles.pathIn(folder);
      const removed = await files
        .remove(path, (bytes) => {
          if (!isPin(bytes, path)) throw notOurs(path, 'Delete it yourself if it is not needed.');
        })
        .catch((error: unknown) => {
          // with its folder the pin is gone, too
          if (hasCode(error, 'not_found')) return false;
          throw error;
        });
      remember(() => state.pins.remove(folderOf(path)));
      return { path, removed };
    },
  };
}

const notOurs = (path: string, hint: string) =>
  new VarvelError('conflict', `${path} holds something else than a pin; it was left as it is.`, hint);
