import { randomInt } from 'node:crypto';
import { VarvelError } from '../../core/model/error.ts';
import { parseKey } from '../../core/model/fal/key.ts';
import { holds } from './bench.ts';
import { randomKey } from './secrets.ts';

const bad = ['\r', '\n', '\0', '\x1b', '\x7f', 'é', '\u202e', '\u{1f511}'];
const tries = 2000;

export async function proveKeys(): Promise<string> {
  for (let n = 0; n < tries; n += 1) {
    const key = randomKey();
    // not at the ends, where blanks are trimmed
    const at = randomInt(1, key.length - 1);
    const text = `${key.slice(0, at)}${bad[n % bad.length]}${key.slice(at)}`;
    holds(isRefused(text), `A key with ${JSON.stringify(bad[n % bad.length])} in it was accepted.`);
  }
  for (const text of ['', ':', 'a:', ':b', 'no-colon'])
    holds(isRefused(text), `“${text}” was accepted as a key.`);
  return `${tries + 5} texts that aren’t keys, all refused`;
}

function isRefused(text: string): boolean {
  try {
    parseKey(text);
    return false;
  } catch (error) {
    if (error instanceof VarvelError) return true;
    throw error;
  }
}
