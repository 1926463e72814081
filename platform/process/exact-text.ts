import { readFileSync } from 'node:fs';

/** What Node puts in place of bytes that aren't UTF-8. */
const replacement = '\uFFFD';

/**
 * The texts that this process was started with and Node has changed, since they aren't UTF-8: a path would lead to another file. None where
 * the system doesn't tell.
 * @param of the arguments, or the variables as `NAME=value`
 */
export function inexactTexts(of: 'arguments' | 'variables', texts: string[]): string[] {
  const suspects = texts.filter((text) => text.includes(replacement));
  if (suspects.length === 0 || process.platform !== 'linux') return [];
  const given = new Set<string>();
  for (const part of parts(of === 'arguments' ? '/proc/self/cmdline' : '/proc/self/environ'))
    if (Buffer.from(part.toString('utf8')).equals(part)) given.add(part.toString('utf8'));
  return suspects.filter((text) => !given.has(text));
}

function parts(path: string): Buffer[] {
  const bytes = readFileSync(path);
  const found: Buffer[] = [];
  for (let start = 0; start < bytes.length; ) {
    const end = bytes.indexOf(0, start);
    found.push(bytes.subarray(start, end < 0 ? bytes.length : end));
    start = end < 0 ? bytes.length : end + 1;
  }
  return found;
}
