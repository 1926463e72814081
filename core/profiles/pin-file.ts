import { VarvelError } from '../model/error.ts';
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

/** Makes and takes away the `.varvel` files of folders. */
export function createPins({ files }: Pick<Ports, 'files'>) {
  return {
    /**
     * Pins a folder to a profile: the file holds `profile = "NAME"` and nothing else, or, where a pin was, its comments.
     * @param path of the `.varvel` file
     * @throws VarvelError `invalid` for a name no profile can have, `conflict` for a file that is no pin
     */
    async pin(path: string, name: string): Promise<{ changed: boolean }> {
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
      return { changed: written };
    },

    /**
     * Takes a pin away. False when there is none.
     * @throws VarvelError `conflict` for a file that is no pin
     */
    unpin: (path: string): Promise<boolean> =>
      files.remove(path, (bytes) => {
        if (!isPin(bytes, path)) throw notOurs(path, 'Delete it yourself if it is not needed.');
      }),
  };
}

const notOurs = (path: string, hint: string) =>
  new VarvelError('conflict', `${path} holds something else than a pin; it was left as it is.`, hint);
