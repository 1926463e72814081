import type { RemovalWay } from '../model/machine/key-copy.ts';
import { apply, type Splice } from '../patch/splice.ts';
import { markFor } from './mark.ts';
import { referenceFor } from './reference.ts';
import type { Match } from './scanner.ts';

/** How a file's text changes when copies are removed from it. */
export interface Edits {
  text: string;
  /** In the order in which they were made: from the end. */
  splices: Splice[];
  /** How many copies of which keys are gone. */
  removed: Map<string, number>;
  /** How many copies stay, since nothing can refer to a key there. */
  left: number;
}

/**
 * Removes copies from a text and changes nothing else.
 * @param text one character per byte (latin1)
 */
export function editsFor(path: string, text: string, matches: readonly Match[], way: RemovalWay): Edits {
  const edits: Edits = { text, splices: [], removed: new Map(), left: 0 };
  let end = text.length;
  for (const match of matches.toReversed()) {
    const splice = way === 'replace' ? referenceFor(path, text, match) : scrubbed(text, match);
    if (!splice) {
      edits.left += 1;
      continue;
    }
    edits.removed.set(match.keyId, (edits.removed.get(match.keyId) ?? 0) + 1);
    // two keys in one line that goes
    if (splice.start + splice.removed.length > end) continue;
    end = splice.start;
    const made = placed(edits.text, splice, way);
    edits.text = apply(edits.text, made);
    edits.splices.push(made);
  }
  return edits;
}

/** With the key's id, where it is there: the undo must not give one key another's secret when lines have moved since. */
function scrubbed(text: string, match: Match): Splice {
  const id = text.slice(match.start, match.secretStart);
  const secret = text.slice(match.secretStart, match.end);
  return { start: match.start, removed: id + secret, inserted: id + markFor(match, secret) };
}

/** How many characters around a removed line its undo looks for. */
const around = 32;

/**
 * An edit with what its undo looks for, when the file has changed since: a mark has the key's id; a reference may stand elsewhere, too, but its line
 * is its own; of a line that is gone, what stood around it is left.
 */
function placed(text: string, splice: Splice, way: RemovalWay): Splice {
  const { start, removed, inserted } = splice;
  const end = start + removed.length;
  if (inserted === '') return within(text, splice, Math.max(0, start - around), end + around);
  if (way === 'scrub') return splice;
  const lineEnd = text.indexOf('\n', end);
  const lineStart = start === 0 ? 0 : text.lastIndexOf('\n', start - 1) + 1;
  return within(text, splice, lineStart, lineEnd < 0 ? text.length : lineEnd);
}

/** The same edit, of more text. */
function within(text: string, { start, removed, inserted }: Splice, from: number, to: number): Splice {
  const before = text.slice(from, start);
  const after = text.slice(start + removed.length, to);
  return { start: from, removed: before + removed + after, inserted: before + inserted + after };
}
