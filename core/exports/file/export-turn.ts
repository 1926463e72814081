import type { ExportRecord } from '../../model/machine/export-record.ts';
import { type Ports, secretName } from '../../ports.ts';
import { shortHash } from '../../short-hash.ts';
import { recordLinks } from './links.ts';
import { lookAtFile, type Seen } from './look.ts';
import { stateIn } from './state-in.ts';

/**
 * Changes a file and its records while no other process of ours does, once it is known how an interrupted change ended,
 * and which links to it have become files of their own.
 * A few locks are shared by all files, since lock files are never deleted.
 * @param path with symbolic links resolved
 * @throws VarvelError `state_busy`, `vault_*`, as `work`
 */
export async function inExportTurn<T>(
  ports: Pick<Ports, 'state' | 'secrets' | 'files' | 'locks'>,
  path: string,
  work: () => Promise<T>,
): Promise<T> {
  const name = `export-${(await shortHash(path)).slice(0, 2)}`;
  return ports.locks.exclusive(name, async () => {
    await settleExports(ports, path);
    await recordLinks(ports, path);
    return work();
  });
}

/**
 * Finds out how changes of a file ended that were interrupted, and records what the file has. What can't be told stays open.
 * In the file's turn only: else a change may be under way.
 * @throws VarvelError `vault_*`
 */
export async function settleExports(
  { state, secrets, files }: Pick<Ports, 'state' | 'secrets' | 'files'>,
  path: string,
): Promise<void> {
  const { exports } = state;
  const doubts = exports.doubts().filter((doubt) => doubt.path === path);
  if (doubts.length === 0) return;
  const seen = await lookAtFile(files, path);
  const records = exports.ofFile(path);
  for (const variable of new Set(doubts.map((doubt) => doubt.variable))) {
    const last = records.find((record) => record.variable === variable) ?? null;
    const others = doubts.filter((doubt) => doubt.variable === variable);
    const found = await firstHeld(seen, last ? [last, ...others] : others);
    if (!found) continue;
    // the export wasn't written: there is nothing to undo of it
    if (last && last.undo !== null && last.undo !== found.undo)
      await secrets.delete(secretName.undo(last.undo));
    state.transaction(() => {
      if (found !== last) exports.put(found);
      exports.settle(path, variable);
    });
  }
}

async function firstHeld(seen: Seen, records: ExportRecord[]): Promise<ExportRecord | null> {
  for (const record of records) if ((await stateIn(seen, record)) === 'held') return record;
  return null;
}
