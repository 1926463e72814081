import type { Files } from '../../ports.ts';
import { lookAtFile } from '../file/look.ts';
import { holdsText } from './holds-text.ts';
import { type KeyText, tellingPart } from './key-text.ts';

/** How many lines are named. */
const mostLines = 3;

/** Where an exported file may be that isn't at its path: the files looked at, and the largest of them in bytes. */
const besides = { most: 256, limit: 1024 * 1024 };

/**
 * Says where a key of an exported file still is: in a variable that Varvel didn't set, within a longer value, in a comment,
 * in a file that was saved as UTF-16; and in another file of its folder when it isn't there: it may have been renamed.
 * @returns null when it isn't there; why the file can't be read, if it can't
 */
export async function whereLeft(files: Files, path: string, key: KeyText): Promise<string | null> {
  const seen = await lookAtFile(files, path);
  if (seen.state === 'unseen') return seen.why.message;
  if (seen.state === 'gone') return whereBeside(files, seen.path, key);
  const lines = linesWith(seen.text, key);
  return lines && `${path} still has the key where Varvel doesn’t change it: line ${lines}.`;
}

async function whereBeside(files: Files, path: string, key: KeyText): Promise<string | null> {
  for (const other of await files.beside(path, besides)) {
    const seen = await lookAtFile(files, other);
    const lines = seen.state === 'there' ? linesWith(seen.text, key) : null;
    if (lines) return `${path} isn’t there any more, but ${other} has its key: line ${lines}.`;
  }
  return null;
}

/** The numbers of the lines that have a key, in words; null when none has. */
function linesWith(text: string, key: KeyText): string | null {
  const part = tellingPart(key);
  if (!holdsText(text, part)) return null;
  const lines = text.split('\n').flatMap((line, index) => (holdsText(line, part) ? [index + 1] : []));
  return lines.length > mostLines ? `${lines.slice(0, mostLines).join(', ')} and more` : lines.join(', ');
}
