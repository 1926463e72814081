import { isNotWritable } from '../../model/error.ts';
import type { ExportLink, ExportRecord } from '../../model/machine/export-record.ts';
import type { Ports } from '../../ports.ts';
import { holdsText } from '../rotated/holds-text.ts';
import { lookAtFile } from './look.ts';

/**
 * Looks where the links lead that exported files were named by. One that became a file of its own with the exported key,
 * leads to such a file, or can't be looked at, gets a record of its own, which can't be undone. When nothing can be
 * written, nothing is recorded.
 * @param path only links to this file; null for all
 */
export async function recordLinks(
  { state, files }: Pick<Ports, 'state' | 'files'>,
  path: string | null,
): Promise<void> {
  const { exports } = state;
  const recordsOf = ({ path }: ExportLink): ExportRecord[] => [
    ...exports.ofFile(path),
    ...exports.doubts().filter((doubt) => doubt.path === path),
  ];

  try {
    for (const known of exports.links()) if (path === null || known.path === path) await recordLink(known);
  } catch (error) {
    if (!isNotWritable(error)) throw error;
  }

  async function recordLink(known: ExportLink): Promise<void> {
    const seen = await lookAtFile(files, known.link);
    if (seen.state === 'unseen') return put(known.link, recordsOf(known));
    if (seen.path === known.path) return forgetUnseen(known);
    if (seen.state === 'gone') return;
    const held = recordsOf(known).filter(({ keyId }) => holdsText(seen.text, keyId));
    if (held.length === 0) return;
    put(seen.path, held);
    if (seen.path !== known.link) exports.link({ link: known.link, path: seen.path });
    exports.unlink(known);
  }

  function put(target: string, records: ExportRecord[]): void {
    const there = new Set(exports.ofFile(target).map(({ variable }) => variable));
    const copies = records.filter(({ variable }) => !there.has(variable));
    if (copies.length === 0) return;
    state.transaction(() => {
      for (const copy of copies) exports.put({ ...copy, path: target, undo: null });
    });
  }

  /** The link leads to the file, as before: it is no place of its own, though it couldn't be looked at meanwhile. */
  function forgetUnseen({ link }: ExportLink): void {
    for (const { path, variable, undo } of exports.ofFile(link))
      if (undo === null) exports.remove(path, variable);
  }
}
