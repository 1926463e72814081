import { mapConcurrent } from '../map-concurrent.ts';
import type { ExportRecord } from '../model/machine/export-record.ts';
import type { Splice } from '../patch/splice.ts';
import type { Ports } from '../ports.ts';
import type { KeyText } from './replace-key.ts';
import { saltedHash } from './salted-hash.ts';
import { readUndoHere, type Undo, widened, writeUndo } from './undo.ts';

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
  const old = from.text ?? new RegExp(`${from.id.replaceAll(/\W/g, '\\$&')}:[\\w-]+`, 'g');
  const swap = (text: string): string => text.replaceAll(old, () => to.text);
  const unreadable: string[] = [];
  await mapConcurrent(state.exports.all(), width, async (last) => {
    for (let record: ExportRecord | null = last; record !== null && record.undo !== null; ) {
      const undo = await readUndoHere(secrets, record.undo);
      if (undo === null) return;
      if (undo === 'damaged') {
        unreadable.push(last.path);
        return;
      }
      const renewed = await renewedUndo(undo, from.id, to, swap);
      if (JSON.stringify(renewed) !== JSON.stringify(undo)) await writeUndo(secrets, record.undo, renewed);
      record = renewed.before;
    }
  });
  return unreadable;
}

async function renewedUndo(
  { made, splices, others, before }: Undo,
  fromId: string,
  to: { id: string; text: string },
  swap: (text: string) => string,
): Promise<Undo> {
  const restoring = (way: Splice[]) => way.map((splice) => ({ ...splice, removed: swap(splice.removed) }));
  const asInFile = { made, splices: restoring(splices), others: others?.map(restoring), before };
  const renewed = widened(asInFile, swap);
  if (before?.keyId !== fromId) return renewed;
  return { ...renewed, before: { ...before, keyId: to.id, ...(await saltedHash(to.text)) } };
}
