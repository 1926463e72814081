import { patternsOf } from './encodings.ts';
import { createScanner, type KeyScanner, type KnownKey, longestCopy } from './scanner.ts';

/** How many bytes are searched one form at a time. */
const small = 64 * 1024;

/** What a search of no bytes takes, as bytes. */
const eachSearch = 256;

/**
 * A scanner for little text, as a commit adds. To make the table of `createScanner` takes longer than to search little
 * text for one form after the other: it is made when a form is there, or when there is more to search.
 */
export function createSmallScanner(keys: readonly KnownKey[]): KeyScanner {
  const forms = keys
    .flatMap(patternsOf)
    .map(({ bytes, base64 }) => ({ form: String.fromCharCode(...bytes), wraps: base64 !== null }));
  let left = small;
  let scanner: KeyScanner | null = null;

  function holdsForm(bytes: Uint8Array): boolean {
    // forms are ASCII, which stays as it is in any bytes
    const text = new TextDecoder().decode(bytes);
    const joined = text.replace(/\s+|\\[nr]/g, '');
    return forms.some(({ form, wraps }) => (wraps ? joined : text).includes(form));
  }

  return {
    overlap: longestCopy(keys),

    scan(bytes, length) {
      left -= length + eachSearch;
      if (!scanner && left >= 0 && !holdsForm(bytes.subarray(0, length))) return [];
      scanner ??= createScanner(keys);
      return scanner.scan(bytes, length);
    },
  };
}
