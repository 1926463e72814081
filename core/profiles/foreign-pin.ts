import type { Ports } from '../ports.ts';
import type { Pin } from './pin.ts';

/** The folder of a `.varvel` file. */
export const folderOfPin = (path: string): string => path.replace(/[\\/][^\\/]*$/, '') || '/';

/**
 * Whether a pin may have come with a cloned repository or from another user, and chooses an ADMIN key. Such a pin isn't followed until somebody
 * makes it here (decision 19). A scope that nobody has found out yet counts as API.
 */
export function isForeignPin(
  { profile: name, path }: Pin,
  { state, pinFiles }: Pick<Ports, 'state' | 'pinFiles'>,
): boolean {
  const keyId = state.profiles.get(name)?.keyId ?? null;
  if (keyId === null) return false;
  const scope = state.keys.get(keyId)?.scope ?? state.verdicts.get(keyId)?.scope ?? null;
  if (scope !== 'ADMIN') return false;
  const folder = folderOfPin(path);
  const isMadeHere = state.pins
    .all()
    .some((made) => made.profile === name && pinFiles.isSameFolder(made.folder, folder));
  return !isMadeHere && pinFiles.mayBeForeign(path);
}
