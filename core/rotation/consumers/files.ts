import { inExportTurn } from '../../exports/file/export-turn.ts';
import { recordLinks } from '../../exports/file/links.ts';
import type { KeyText } from '../../exports/rotated/key-text.ts';
import { renewUndos } from '../../exports/rotated/renew-undos.ts';
import { replaceExportedKey } from '../../exports/rotated/replace-key.ts';
import { whereLeft } from '../../exports/rotated/where-left.ts';
import { mapConcurrent } from '../../map-concurrent.ts';
import type { ExportRecord } from '../../model/machine/export-record.ts';
import type { Rotation } from '../../model/machine/rotation.ts';
import type { Ports } from '../../ports.ts';
import { interrupted, type Journal, nothingSwitched, type Refusal, type Switched } from './journal.ts';

/** How many files are changed at the same time. */
const width = 4;

/** A file and its variable, as a journal's subject. */
export const exportSubject = ({ path, variable }: ExportRecord): string => `${variable} ${path}`;

/** Gives exported files another key. */
export function createFileSwitch(ports: Ports, journal: Journal) {
  const { state, clock, files } = ports;

  /**
   * The exports of a key, those that may still have it after an interrupted change, and those that this rotation has changed:
   * their files may have got the key back since.
   */
  function exportsOf(rotation: Rotation, from: string): ExportRecord[] {
    const ofKey = [...state.exports.withKey(from), ...doubtsOf(from)];
    const records = new Map(ofKey.map((record) => [exportSubject(record), record]));
    const changed = new Set(journal.entries(rotation, 'export').map(({ subject }) => subject));
    if (changed.size > 0)
      for (const record of state.exports.all())
        if (changed.has(exportSubject(record))) records.set(exportSubject(record), record);
    return [...records.values()];
  }

  const doubtsOf = (keyId: string) => state.exports.doubts().filter((doubt) => doubt.keyId === keyId);

  const isAt = (place: ExportRecord) => (record: ExportRecord) =>
    exportSubject(record) === exportSubject(place);

  const replaceIn = (
    rotation: Rotation,
    known: ExportRecord,
    from: KeyText,
    to: { id: string; text: string },
  ): Promise<Switched> =>
    inExportTurn(ports, known.path, () =>
      journal.journalled(
        rotation,
        'export',
        { subject: exportSubject(known), place: known.path },
        async () => {
          // an export or an undo may have changed it meanwhile
          const records = [...doubtsOf(from.id), ...state.exports.ofFile(known.path)];
          const record = records.find(isAt(known)) ?? known;
          const { outcome, record: now } = await replaceExportedKey(ports, record, from, to);
          return { moved: outcome === 'replaced' ? 1 : 0, record: () => now && state.exports.put(now) };
        },
      ),
    );

  /** Looks at the files once more when all are changed: one may have the key in several variables. */
  async function findLeftovers(rotation: Rotation, from: KeyText, paths: string[]): Promise<Switched> {
    const known = new Set(
      journal
        .entries(rotation, 'leftover')
        .flatMap(({ direction, subject }) => (direction === rotation.direction ? [subject] : [])),
    );
    const found = await mapConcurrent([...new Set(paths)], width, async (path) => ({
      path,
      message: await whereLeft(files, path, from),
    }));
    const refused: Refusal[] = found.flatMap(({ path, message }) =>
      message === null ? [] : [{ subject: path, message }],
    );
    journal.note(
      rotation,
      found
        .filter(({ path, message }) => message !== null || known.has(path))
        .map(({ path, message }) => ({
          ...journal.begun(rotation, 'leftover', path),
          doneAt: message === null ? clock.now() : null,
          problem: message,
        })),
    );
    return { moved: 0, refused };
  }

  return async (
    rotation: Rotation,
    from: KeyText,
    to: { id: string; text: string },
    signal?: AbortSignal,
  ): Promise<Switched[]> => {
    // a failure ends the others too, but not before they are done with their files: the lock must cover them
    let failure: unknown = null;
    await recordLinks(ports, null);
    const records = exportsOf(rotation, from.id);
    // all at once: a thousand entries one by one would each wait for the disk
    journal.note(
      rotation,
      records.map((record) => journal.begun(rotation, 'export', exportSubject(record))),
    );
    const results = await mapConcurrent(records, width, async (record) => {
      if (failure !== null) return nothingSwitched;
      try {
        if (signal?.aborted) throw interrupted();
        return await replaceIn(rotation, record, from, to);
      } catch (error) {
        failure ??= error;
        return nothingSwitched;
      }
    });
    if (failure !== null) throw failure;
    const withoutUndo = await renewUndos(ports, from, to);
    const refusing = new Set(
      records.flatMap(({ path }, index) => (results[index]?.refused.length ? [path] : [])),
    );
    const paths = [...records.map(({ path }) => path), ...withoutUndo].filter((path) => !refusing.has(path));
    return [...results, await findLeftovers(rotation, from, paths)];
  };
}
