import { lookAtFile } from '../../exports/file/look.ts';
import type { KeyText } from '../../exports/rotated/key-text.ts';
import { falcliFiles, falcliHolding, replaceFalcliKey, replaceFalcliUndo } from '../../falcli/replace-key.ts';
import type { Rotation } from '../../model/machine/rotation.ts';
import type { Ports } from '../../ports.ts';
import { createFileSwitch } from './files.ts';
import { createGithubSwitch } from './github.ts';
import { acceptedIn, createJournal, type Switched } from './journal.ts';
import { createProfileSwitch } from './profiles.ts';

/** Gives everything that uses one key another one. Can be repeated: what has the other key already stays as it is. */
export function createConsumers(ports: Ports) {
  const { state } = ports;
  const journal = createJournal(ports);
  const pointProfiles = createProfileSwitch(ports, journal);
  const switchFiles = createFileSwitch(ports, journal);
  const switchGithub = createGithubSwitch(ports, journal);

  async function switchFalcli(rotation: Rotation, from: KeyText, to: string): Promise<Switched[]> {
    // what is being written there now has the key of the profile as it was
    await ports.locks.exclusive('falcli', async () => undefined);
    const results: Switched[] = [];
    for (const { path, isUsed } of await falcliFiles(ports)) {
      // one that Varvel has written may be on a disk that isn't there
      const seen = isUsed ? await lookAtFile(ports.files, path) : null;
      const unseen = seen?.state === 'unseen' ? seen.why : null;
      const names = await falcliHolding(ports, path, from.id).catch(() => null);
      if (names?.length === 0 && unseen === null) continue;
      journal.note(rotation, [journal.begun(rotation, 'fal_cli', path)]);
      results.push(
        await journal.journalled(rotation, 'fal_cli', { subject: path, place: path }, async () => {
          if (unseen !== null) throw unseen;
          return { moved: (await replaceFalcliKey(ports, path, from, to)).length };
        }),
      );
    }
    // Varvel's changes of the files can still be undone, and must not bring the key back
    await replaceFalcliUndo(ports, from.text, to);
    return results;
  }

  return {
    /**
     * fal's own file goes first: a profile that changes is written there when they sync, and finds it done.
     * @returns what stands against the revoke, without what somebody has accepted
     * @throws VarvelError `vault_*`, `storage_*` of the database, `cancelled`
     */
    async switchAll(
      rotation: Rotation,
      from: KeyText,
      to: { id: string; text: string },
      signal?: AbortSignal,
    ): Promise<Switched> {
      const results = await switchFalcli(rotation, from, to.text);
      results.push(pointProfiles(rotation, from.id, to.id));
      state.notifyShells();
      results.push(...(await switchFiles(rotation, from, to, signal)));
      results.push(...(await switchGithub(rotation, from.id, to, signal)));
      const accepted = acceptedIn(journal.entries(rotation, 'accepted'), rotation);
      return {
        moved: results.reduce((sum, { moved }) => sum + moved, 0),
        refused: results.flatMap(({ refused }) => refused).filter(({ subject }) => !accepted.has(subject)),
      };
    },
  };
}
