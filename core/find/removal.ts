import { createLog } from '../activity/log.ts';
import { VarvelError } from '../model/error.ts';
import { isText } from '../model/machine/is-text.ts';
import { type CopyRemoval, largestChanged, type RemovalWay } from '../model/machine/key-copy.ts';
import { bytesOfText, textOfBytes } from '../patch/bytes.ts';
import { takeBack } from '../patch/splice.ts';
import type { Ports } from '../ports.ts';
import { type Edits, editsFor } from './edits.ts';
import { hideSecrets } from './hide.ts';
import { createRemovalUndo } from './removal-undo.ts';
import type { KeyScanner } from './scanner.ts';

type Needs = Pick<Ports, 'state' | 'secrets' | 'files' | 'clock' | 'falConfigPath'>;

/** How often to begin again when another program changes a file meanwhile. */
const attempts = 5;

export interface RemovalRequest {
  /** Absolute paths of files. */
  paths: string[];
  /** Only these keys; null for all. */
  keyIds: string[] | null;
  way: RemovalWay;
}

interface RunningRemoval {
  scanner: KeyScanner;
  way: RemovalWay;
  removal: { id: string; at: number };
  /** Where the fal CLI's own file really is. */
  falConfig: string | null;
}

/** Removes copies from text files, so that it can be undone. */
export function createRemoval(
  ports: Needs,
  scannerFor: (keyIds: string[] | null) => Promise<{ scanner: KeyScanner }>,
) {
  const { files, state, clock, falConfigPath } = ports;
  const undo = createRemovalUndo(ports);
  const addToLog = createLog(ports);

  /** @throws VarvelError when the file can't be changed; it is then unchanged, or can be undone */
  async function removeFrom(
    path: string,
    { scanner, way, removal, falConfig }: RunningRemoval,
  ): Promise<Edits> {
    for (let attempt = 0; attempt < attempts; attempt += 1) {
      const { path: real, bytes, names } = await files.read(path, { limit: largestChanged });
      if (bytes === null) throw new VarvelError('not_found', `${path} doesn’t exist.`, 'Search again.');
      if (!isText(bytes)) throw notText(path);
      const ours = new Set(
        [...state.exports.all(), ...state.exports.doubts()].flatMap((record) =>
          record.path === real ? record.keyId : [],
        ),
      );
      if (real === falConfig) throw falCliFile(path);
      if (names > 1) throw hasOtherNames(path, names);
      const matches = scanner.scan(bytes, bytes.length).filter(({ keyId }) => !ours.has(keyId));
      const edits = editsFor(real, textOfBytes(bytes), matches, way);
      if (edits.splices.length === 0) return edits;
      const name = await undo.put(removal, { path: real, splices: edits.splices });
      const after = bytesOfText(edits.text);
      try {
        const { written } = await files.patch(real, (now) => (same(now, bytes) ? after : null), {
          mode: 'keep',
          limit: largestChanged,
        });
        if (written) return edits;
      } catch (error) {
        // it may be changed, and only its folder couldn't be flushed
        const now = await files.read(real, { limit: largestChanged }).catch(() => null);
        if (now?.bytes && !same(now.bytes, after)) await undo.drop(name).catch(() => undefined);
        throw error;
      }
      await undo.drop(name);
    }
    throw new VarvelError('conflict', `Another program keeps changing ${path}.`, 'Close it, then try again.');
  }

  return {
    /**
     * Removes the copies in files, each file at once or not at all. Those that Varvel exported stay, and those in the
     * fal CLI's own file. What couldn't be done is in its file's outcome.
     * @throws VarvelError `not_found` without keys, `vault_*`, `cancelled`
     */
    async remove({ paths, keyIds, way }: RemovalRequest, signal: AbortSignal): Promise<CopyRemoval> {
      const { scanner } = await scannerFor(keyIds);
      const removal = { id: crypto.randomUUID(), at: clock.now() };
      const falConfig = falConfigPath && (await realPath(files, falConfigPath));
      const outcome: CopyRemoval = { undo: null, files: [] };
      for (const path of new Set(paths)) {
        if (signal.aborted) break;
        const shown = hideSecrets(path, scanner);
        try {
          const { removed, left } = await removeFrom(path, { scanner, way, removal, falConfig });
          const count = [...removed.values()].reduce((sum, each) => sum + each, 0);
          if (count > 0) outcome.undo = removal.id;
          outcome.files.push({ path: shown, removed: count, left, problem: null });
          for (const [keyId, copies] of removed)
            log(
              'copies_removed',
              keyId,
              `${copies} ${way === 'scrub' ? 'scrubbed' : 'replaced'} in ${shown}`,
            );
        } catch (error) {
          if (!(error instanceof VarvelError)) throw error;
          outcome.files.push({
            path: shown,
            removed: 0,
            left: 0,
            problem: hideSecrets(error.message, scanner),
          });
        }
      }
      await undo.shorten();
      return outcome;
    },

    /**
     * Puts back what a removal took away, byte for byte.
     * @param id null for the last removal
     * @throws VarvelError `not_found` when there is none, `vault_*`
     */
    async undoRemoval(id: string | null): Promise<CopyRemoval> {
      const removal = undo.find(id);
      if (!removal)
        throw new VarvelError(
          'not_found',
          'There is nothing to undo.',
          'The last 20 removals can be undone, each once.',
        );
      const outcome: CopyRemoval = { undo: null, files: [] };
      for (const name of removal.files.toReversed()) {
        const file = await undo.read(name);
        if (!file) continue;
        const { path, splices } = file;
        try {
          await files.patch(
            path,
            (now) => {
              const text = now && textOfBytes(now);
              const before = text === null ? null : takeBack(text, splices, 'anywhere');
              if (before !== null) return bytesOfText(before);
              // a process that died may have stored the record and not changed the file
              if (text !== null && splices.every(({ start, removed }) => text.startsWith(removed, start)))
                return null;
              throw text === null ? goneSince(path) : changedSince(path);
            },
            { mode: 'keep', limit: largestChanged },
          );
          await undo.drop(name);
          outcome.files.push({ path, removed: splices.length, left: 0, problem: null });
          log('copies_restored', null, `${splices.length} in ${path}`);
        } catch (error) {
          if (!(error instanceof VarvelError)) throw error;
          outcome.undo = removal.id;
          if (id === null) undo.putOff(removal.id);
          outcome.files.push({ path, removed: 0, left: splices.length, problem: error.message });
        }
      }
      if (outcome.files.length === 0)
        throw new VarvelError(
          'not_found',
          'The vault no longer has what was removed.',
          'Restore the files from a backup.',
        );
      return outcome;
    },
  };

  function log(kind: 'copies_removed' | 'copies_restored', keyId: string | null, detail: string): void {
    const account = keyId === null ? null : (state.keys.get(keyId)?.account?.nickname ?? null);
    addToLog({ kind, keyId, account, detail });
  }
}

/** Where a file really is, if it is a link; as it was given where that can't be seen. */
export const realPath = async (files: Ports['files'], path: string): Promise<string> =>
  (await files.read(path, { limit: largestChanged }).catch(() => null))?.path ?? path;

const notText = (path: string) =>
  new VarvelError(
    'invalid',
    `${path} is not a text file.`,
    'Delete the key in the program that keeps the file.',
  );

/** Writing replaces a file: its other names would keep the copy. */
const hasOtherNames = (path: string, names: number) =>
  new VarvelError(
    'conflict',
    `${path} has ${names} names (hard links), and the others would keep the copy.`,
    'Delete the other names, or make each a file of its own.',
  );

const falCliFile = (path: string) =>
  new VarvelError('conflict', `${path} is the fal CLI’s own file.`, 'Change its profiles with the fal CLI.');

const changedSince = (path: string) =>
  new VarvelError('conflict', `${path} has changed where the key was.`, 'Put the key back yourself.');

const goneSince = (path: string) =>
  new VarvelError('conflict', `${path} isn’t there any more.`, 'Put the file back first.');

const same = (one: Uint8Array | null, other: Uint8Array): boolean =>
  one !== null && one.length === other.length && one.every((byte, index) => byte === other[index]);
