import { createLog } from '../activity/log.ts';
import { renewUndos } from '../exports/renew-undos.ts';
import { type KeyText, replaceExportedKey } from '../exports/replace-key.ts';
import { falcliHolding, replaceFalcliKey } from '../falcli/replace-key.ts';
import { mapConcurrent } from '../map-concurrent.ts';
import { hasCode, isVaultProblem, VarvelError } from '../model/error.ts';
import type { ExportRecord } from '../model/machine/export-record.ts';
import type { JournalEntry, Rotation } from '../model/machine/rotation.ts';
import type { Profile } from '../model/profile.ts';
import type { Ports } from '../ports.ts';

/** How many files are changed at the same time. */
const width = 4;

/** Who couldn't get the other key, and why. */
export interface Refusal {
  path: string;
  /** Names the file. */
  message: string;
}

export interface Switched {
  /** How many got the other key just now. */
  moved: number;
  refused: Refusal[];
}

/** A file and its variable, as a journal's subject. */
const exportSubject = ({ path, variable }: ExportRecord): string => `${variable} ${path}`;

/** Gives everything that uses one key another one. Can be repeated: what has the other key already stays as it is. */
export function createConsumers(ports: Ports) {
  const { state, clock } = ports;
  const addToLog = createLog(ports);

  const begun = ({ direction }: Rotation, kind: JournalEntry['kind'], subject: string): JournalEntry => ({
    direction,
    kind,
    subject,
    begunAt: clock.now(),
    doneAt: null,
    problem: null,
  });

  /** Does something that the journal knows to have begun, and writes there that it is done, or why not. */
  async function journalled(
    rotation: Rotation,
    kind: JournalEntry['kind'],
    { subject, path }: { subject: string; path: string },
    work: () => Promise<{ moved: number; record?: ExportRecord | null }>,
  ): Promise<Switched> {
    const entry = begun(rotation, kind, subject);
    const note = (doneAt: number | null, problem: string | null) =>
      state.rotations.note(rotation.id, [{ ...entry, doneAt, problem }]);
    try {
      const { moved, record } = await work();
      state.transaction(() => {
        if (record) state.exports.put(record);
        note(clock.now(), null);
      });
      return { moved, refused: [] };
    } catch (error) {
      // without the vault or the database, nobody else can be served either
      if (!(error instanceof VarvelError) || stopsAll(error)) throw error;
      const message = error.message.includes(path) ? error.message : `${path}: ${error.message}`;
      note(null, message);
      return { moved: 0, refused: [{ path, message }] };
    }
  }

  /** The profiles, all at once: they never disagree. */
  function pointProfiles(rotation: Rotation, from: string, to: string): number {
    return state.transaction(() => {
      const users = [...state.profiles.withKey(from), ...leftWithout(rotation, from)];
      const at = clock.now();
      for (const profile of users) {
        state.profiles.put({ ...profile, keyId: to });
        addToLog({
          kind: 'profile_changed',
          account: profile.account?.nickname ?? null,
          keyId: to,
          profile: profile.name,
          detail: 'key: rotated',
        });
      }
      state.rotations.note(
        rotation.id,
        users.map(({ name }) => ({
          direction: rotation.direction,
          kind: 'profile',
          subject: name,
          begunAt: at,
          doneAt: at,
          problem: null,
        })),
      );
      return users.length;
    });
  }

  /** The profiles that this rotation has changed, and that lost their key when it was revoked or forgotten by hand. */
  function leftWithout({ id }: Rotation, lost: string): Profile[] {
    if (state.keys.get(lost)) return [];
    const changed = state.rotations.journal(id).filter(({ kind }) => kind === 'profile');
    return [...new Set(changed.map(({ subject }) => subject))]
      .map((name) => state.profiles.get(name))
      .filter((profile) => profile !== null && profile.keyId === null);
  }

  /** The exports of a key, and those that this rotation has changed: their files may have got the key back since. */
  function exportsOf(rotation: Rotation, from: string): ExportRecord[] {
    const records = new Map(state.exports.withKey(from).map((record) => [exportSubject(record), record]));
    const changed = state.rotations.journal(rotation.id).filter(({ kind }) => kind === 'export');
    if (changed.length > 0) {
      const subjects = new Set(changed.map(({ subject }) => subject));
      for (const record of state.exports.all()) {
        if (subjects.has(exportSubject(record))) records.set(exportSubject(record), record);
      }
    }
    return [...records.values()];
  }

  async function replaceInFalcli(rotation: Rotation, from: KeyText, to: string): Promise<Switched> {
    const path = ports.falConfigPath ?? '';
    const names = await falcliHolding(ports, from.id).catch(() => null);
    if (names?.length === 0) {
      // Varvel's changes of the file can still be undone, and must not bring the key back
      await replaceFalcliKey(ports, from, to);
      return nothing;
    }
    state.rotations.note(rotation.id, [begun(rotation, 'fal_cli', path)]);
    return journalled(rotation, 'fal_cli', { subject: path, path }, async () => ({
      moved: (await replaceFalcliKey(ports, from, to)).length,
    }));
  }

  async function replaceInExport(record: ExportRecord, from: KeyText, to: { id: string; text: string }) {
    const { outcome, record: now } = await replaceExportedKey(ports, record, from, to);
    return { moved: outcome === 'replaced' ? 1 : 0, record: now };
  }

  return {
    /**
     * fal's own file goes first: a profile that changes is written there when they sync, and finds it done.
     * @throws VarvelError `vault_*`, `storage_*` of the database, `cancelled`
     */
    async switchAll(
      rotation: Rotation,
      from: KeyText,
      to: { id: string; text: string },
      signal?: AbortSignal,
    ): Promise<Switched> {
      const results: Switched[] = [await replaceInFalcli(rotation, from, to.text)];
      const profiles = pointProfiles(rotation, from.id, to.id);
      state.notifyShells();
      results.push({ moved: profiles, refused: [] });
      // a failure ends the others too, but not before they are done with their files: the lock must cover them
      let failure: unknown = null;
      const records = exportsOf(rotation, from.id);
      // all at once: a thousand entries one by one would each wait for the disk
      state.rotations.note(
        rotation.id,
        records.map((record) => begun(rotation, 'export', exportSubject(record))),
      );
      const files = await mapConcurrent(records, width, async (record) => {
        if (failure !== null) return nothing;
        try {
          if (signal?.aborted) throw interrupted();
          return await journalled(
            rotation,
            'export',
            { subject: exportSubject(record), path: record.path },
            () => replaceInExport(record, from, to),
          );
        } catch (error) {
          failure ??= error;
          return nothing;
        }
      });
      if (failure !== null) throw failure;
      await renewUndos(ports, from, to);
      results.push(...files);
      return {
        moved: results.reduce((sum, { moved }) => sum + moved, 0),
        refused: results.flatMap(({ refused }) => refused),
      };
    },
  };
}

const nothing: Switched = { moved: 0, refused: [] };

export const interrupted = (): VarvelError =>
  new VarvelError('cancelled', 'The rotation was interrupted. It goes on where it stopped.', '');

/** The vault's or the home's own trouble, not one file's. */
const stopsAll = (error: unknown): boolean =>
  isVaultProblem(error) || hasCode(error, 'storage_full', 'state_busy', 'cancelled');
