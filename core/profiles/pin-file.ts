import { hasCode, isNotWritable, VarvelError } from '../model/error.ts';
import type { PinnedFolder } from '../model/machine/pinned-folder.ts';
import { checkProfileName } from '../model/profile.ts';
import type { Ports } from '../ports.ts';
import { folderOfPin, isForeignPin } from './foreign-pin.ts';
import { type Pin, parsePin } from './pin.ts';

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

/** Writes and removes folders' `.varvel` files, and remembers where they are. */
export function createPins({ files, pinFiles, state }: Pick<Ports, 'files' | 'pinFiles' | 'state'>) {
  /** Remembering is optional, since only the file counts: storage errors are ignored. */
  function remember(work: () => void): void {
    try {
      work();
    } catch (error) {
      if (!isNotWritable(error)) throw error;
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
    /** Whether a pin came from elsewhere and isn't followed, since it chooses an ADMIN key. */
    isForeign: (pin: Pin): boolean => isForeignPin(pin, { state, pinFiles }),

    /** @throws VarvelError `conflict` for a pin that isn't followed */
    refuseForeign(pin: Pin): void {
      if (isForeignPin(pin, { state, pinFiles })) throw notMadeHere(pin);
    },

    /** The folders that were pinned on this machine, with the state of each pin. */
    async list(): Promise<PinnedFolder[]> {
      const found: PinnedFolder[] = [];
      for (const { folder, profile } of state.pins.all())
        found.push({ folder, profile, state: await lookAt(pinFiles.pathIn(folder), profile) });
      return found;
    },

    /**
     * Pins a folder to a profile: the file holds only `profile = "NAME"`, and the comments of an existing pin.
     * @throws VarvelError `not_found` for a folder that isn't there, `invalid` for a name no profile can have, `conflict`
     * for a file that is not a pin
     */
    async pin(folder: string, name: string): Promise<{ path: string; changed: boolean }> {
      const path = pinFiles.pathInExisting(folder);
      checkProfileName(name);
      const line = `profile = "${name}"`;
      const { written } = await files.patch(
        path,
        (before) => {
          if (before === null || before.length === 0) return new TextEncoder().encode(`${line}\n`);
          if (!isPin(before, path)) throw notOurs(path, 'Move the file, or pin another folder.');
          return new TextEncoder().encode(
            text(before).replace(/profile\s*=\s*"[^"]*"(?=\s*(?:#.*)?$)/m, line),
          );
        },
        { mode: 0o644 },
      );
      const wasForeign = isForeignPin({ profile: name, path }, { state, pinFiles });
      remember(() => state.pins.put({ folder: folderOfPin(path), profile: name }));
      // its text may be the same as before, so shells wouldn't notice
      if (wasForeign) remember(() => state.wakeShells());
      return { path, changed: written };
    },

    /**
     * Removes a pin. `removed` is false when there is none.
     * @param mustExist refuses a folder that doesn't exist
     * @throws VarvelError `conflict` for a file that is not a pin, `not_found`
     */
    async unpin(folder: string, mustExist = false): Promise<{ path: string; removed: boolean }> {
      const path = mustExist ? pinFiles.pathInExisting(folder) : pinFiles.pathIn(folder);
      const removed = await files
        .remove(path, (bytes) => {
          if (!isPin(bytes, path)) throw notOurs(path, 'Delete the file if you don’t need it.');
        })
        .catch((error: unknown) => {
          // the folder is gone, and the pin with it
          if (hasCode(error, 'not_found')) return false;
          throw error;
        });
      remember(() => state.pins.remove(folderOfPin(path)));
      return { path, removed };
    },
  };
}

const notMadeHere = ({ profile, path }: Pin) =>
  new VarvelError(
    'conflict',
    `${path} chooses profile “${profile}”, which has an ADMIN key, but it wasn’t made on this computer.`,
    { action: 'accept_pin', profile },
  );

const notOurs = (path: string, hint: string) =>
  new VarvelError('conflict', `${path} is not a pin. The file was not changed.`, hint);
