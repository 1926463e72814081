import { mapConcurrent } from '../../map-concurrent.ts';
import type { ExportRecord } from '../../model/machine/export-record.ts';
import type { Splice } from '../../patch/splice.ts';
import type { Ports } from '../../ports.ts';
import { saltedHash } from '../file/salted-hash.ts';
import { readUndoHere, type Undo, widened, writeUndo } from '../file/undo.ts';
import { type KeyText, swapping } from './key-text.ts';

/** How many exports are looked at at the same time. */
const width = 4;

/**
 * Puts another key in place of one in everything that undoes an export, also in those before a file's last one. So no undo
 * brings a key back that was replaced. Can be repeated.
 * @returns the files of exports whose undo is damaged: only looking at them tells whether they have the key
 * @throws VarvelError `vault_*`
 */
export async function renewUndos(
  { state, secrets }: Pick<Ports, 'state' | 'secrets'>,
  from: KeyText,
  to: { id: string; text: string },
): Promise<string[]> {
  const unreadable: string[] = [];
  await mapConcurrent(state.exports.all(), width, async (last) => {
    for (let record: ExportRecord | null = last; record !== null && record.undo !== null; ) {
      const undo = await readUndoHere(secrets, record.undo);
      if (undo === null) return;
      if (undo === 'damaged') {
        unreadable.push(last.path);
        return;
      }
      const renewed = await renewedUndo(undo, from, to);
      if (JSON.stringify(renewed) !== JSON.stringify(undo)) await writeUndo(secrets, record.undo, renewed);
      record = renewed.before;
    }
  });
  return unreadable;
}

/** An undo that restores another key in place of one. */
export async function renewedUndo(
  { made, splices, others, before }: Undo,
  from: KeyText,
  to: { id: string; text: string },
): Promise<Undo> {
  const swap = swapping(from, to);
  const restoring = (way: Splice[]) => way.map((splice) => ({ ...splice, removed: swap(splice.removed) }));
  const asInFile = { made, splices: restoring(splices), others: others?.map(restoring), before };
  const renewed = widened(asInFile, swap);
  if (before?.keyId !== from.id) return renewed;
  return { ...renewed, before: { ...before, keyId: to.id, ...(await saltedHash(to.text)) } };
}
