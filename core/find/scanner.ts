import type { CopyForm, CopyPart } from '../model/machine/key-copy.ts';
import type { ByteScanner, Span } from '../ports/sources.ts';
import { type Base64Edges, longestCharacter, type Pattern, patternsOf } from './encodings.ts';
import { createGramTable, gramAt, gramSize, gramsOf } from './gram-table.ts';

/** A key to search for. */
export interface KnownKey {
  id: string;
  secret: string;
}

/** A copy of a key in some bytes. */
export interface Match extends Span {
  keyId: string;
  part: CopyPart;
  form: CopyForm;
  /** Where the secret half begins. */
  secretStart: number;
}

export type KeyScanner = ByteScanner<Match>;

/** A shorter secret could be part of an ordinary word. */
export const shortestSecret = 12;

/** The most bytes of a line break in wrapped base64, with what indents the next line. */
const longestBreak = 64;

/** How many words are looked up in one call: an engine optimizes a function that is called often better than a long loop. */
const atOnce = 4096;

/** The fewest characters in a line of wrapped base64. */
const shortestLine = 4;

/**
 * Searches bytes for all forms of some keys at once. Every pattern is so long that one of the groups of four bytes at
 * every `step`th place lies in it. Only those groups are looked up, so most bytes are never read.
 * @param keys those with a secret of at least `shortestSecret` characters
 */
export function createScanner(keys: readonly KnownKey[]): KeyScanner {
  const patterns = keys.flatMap((key) => patternsOf(key).map((pattern) => ({ ...pattern, keyId: key.id })));
  const sure = patterns.map(({ bytes, base64 }) => (base64 ? Math.ceil(bytes.length / 2) : bytes.length));
  const shortest = Math.min(...sure, 64);
  // of whole words, so that a word can be read at once
  const step = Math.max(gramSize, Math.floor((shortest - gramSize + 1) / gramSize) * gramSize);
  const table = createGramTable(
    patterns.flatMap(({ bytes, base64 }, pattern) =>
      gramsOf(bytes, base64 ? null : step).map((gram) => ({ ...gram, pattern })),
    ),
  );

  /** The match that a group of bytes belongs to. */
  function matchAt(bytes: Uint8Array, length: number, at: number, pairs: number[]): Match | null {
    for (let index = 0; index < pairs.length; index += 2) {
      const pattern = patterns[pairs[index] ?? 0];
      const offset = pairs[index + 1] ?? 0;
      if (!pattern) continue;
      const start = backward(bytes, at, pattern.bytes, offset, pattern.base64 !== null);
      if (start < 0) continue;
      const end = forward(bytes, at, length, pattern, offset);
      const match = end < 0 ? null : withId(bytes, start, end, pattern);
      if (match && hasEdges(bytes, length, match, pattern.base64)) return match;
    }
    return null;
  }

  /** The match that the line after a break belongs to: a short line may have no whole group at a step. */
  function matchAfterBreak(bytes: Uint8Array, length: number, at: number): Match | null {
    let start = at;
    while ((bytes[start] ?? 0) > space) start += 1;
    const most = Math.min(start + longestBreak, length - gramSize);
    while (start < most && (bytes[start] ?? 0) <= space) start += 1;
    if (start + gramSize > length) return null;
    const pairs = table.pairsOf(gramAt(bytes, start));
    return pairs ? matchAt(bytes, length, start, pairs) : null;
  }

  return {
    overlap: longestCopy(keys),

    scan(bytes, length) {
      const matches = new Map<string, Match>();
      // words begin at multiples of four in memory, which the bytes may not
      const first = (gramSize - (bytes.byteOffset % gramSize)) % gramSize;
      if (keys.length === 0 || length < first + gramSize) return [];
      const words = new Int32Array(
        bytes.buffer,
        bytes.byteOffset + first,
        Math.floor((length - first) / gramSize),
      );
      const add = (match: Match | null) => {
        if (match) matches.set(`${match.start} ${match.keyId}`, match);
      };
      const hit = (word: number, pairs: number[]) =>
        add(matchAt(bytes, length, first + word * gramSize, pairs));
      const blank = (word: number) => add(matchAfterBreak(bytes, length, first + word * gramSize));
      const nth = step / gramSize;
      for (let from = 0; from < words.length; from += nth * atOnce) {
        const to = Math.min(from + nth * atOnce, words.length);
        table.each(words, { from, to, nth }, hit, blank);
      }
      return [...matches.values()].sort((one, other) => one.start - other.start);
    },
  };
}

/** The most bytes that a copy of a key can take. */
export const longestCopy = (keys: readonly KnownKey[]): number =>
  Math.max(
    0,
    ...keys.map(({ id, secret }) => {
      const characters = id.length + secret.length + 1;
      const wrapped = Math.ceil((characters * 4) / 3 / shortestLine) * (shortestLine + longestBreak);
      return Math.max(longestCharacter * characters, wrapped) + 2 * longestBreak;
    }),
  );

/** Adds the key's id to a match when it stands before the secret. */
function withId(
  bytes: Uint8Array,
  start: number,
  end: number,
  { keyId, form, befores, base64 }: Pattern & { keyId: string },
): Match {
  for (const before of befores()) {
    const whole = backward(bytes, start, before.bytes, before.bytes.length, base64 !== null);
    if (whole >= 0) return { keyId, part: 'key', form: before.form, start: whole, secretStart: start, end };
  }
  return { keyId, part: 'secret', form, start, secretStart: start, end };
}

/** Whether the characters beside a match hold what is left of the secret. */
function hasEdges(bytes: Uint8Array, length: number, match: Match, edges: Base64Edges | null): boolean {
  if (!edges) return true;
  const { before, after } = edges;
  // the id that stands before a whole key holds the first bits too
  if (match.part === 'secret' && before.bits > 0) {
    const value = base64Value(bytes[breakBefore(bytes, match.start) - 1]);
    if (value < 0 || (value & (2 ** before.bits - 1)) !== before.value) return false;
  }
  if (after.bits === 0) return true;
  const place = breakAfter(bytes, match.end);
  const value = place < length ? base64Value(bytes[place]) : -1;
  return value >= 0 && value >> (6 - after.bits) === after.value;
}

/** What a character of base64 stands for; -1 for another one. */
function base64Value(byte: number | undefined): number {
  const character = String.fromCharCode(byte ?? 0);
  return base64Alphabet.indexOf(character.replace('-', '+').replace('_', '/'));
}

const base64Alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** Where a pattern begins whose first `count` bytes end at a place; -1 when they don't. */
function backward(bytes: Uint8Array, at: number, pattern: Uint8Array, count: number, wraps: boolean): number {
  let place = at;
  for (let index = count - 1; index >= 0; index -= 1) {
    if (bytes[place - 1] !== pattern[index]) {
      const before = wraps ? breakBefore(bytes, place) : place;
      if (before === place || bytes[before - 1] !== pattern[index]) return -1;
      place = before;
    }
    place -= 1;
  }
  return place;
}

/** Where a pattern ends of which the part from an offset on begins at a place; -1 when it doesn't. */
function forward(
  bytes: Uint8Array,
  at: number,
  length: number,
  { bytes: pattern, base64 }: Pattern,
  offset: number,
): number {
  let place = at;
  for (let index = offset; index < pattern.length; index += 1) {
    if (bytes[place] !== pattern[index]) {
      const after = base64 ? breakAfter(bytes, place) : place;
      if (after === place || bytes[after] !== pattern[index]) return -1;
      place = after;
    }
    place += 1;
  }
  return place <= length ? place : -1;
}

const [newline, carriageReturn, space, tab, backslash, letterN, letterR] = [10, 13, 32, 9, 92, 110, 114];

const isBlank = (byte: number | undefined): boolean =>
  byte === newline || byte === carriageReturn || byte === space || byte === tab;

/** A `\n` or `\r` in JSON or a script. */
const isEscaped = (first: number | undefined, second: number | undefined): boolean =>
  first === backslash && (second === letterN || second === letterR);

/** Where a line goes on after a break that begins at a place; the same place when there is none. */
function breakAfter(bytes: Uint8Array, place: number): number {
  let after = place;
  while (after - place < longestBreak) {
    if (isBlank(bytes[after])) after += 1;
    else if (isEscaped(bytes[after], bytes[after + 1])) after += 2;
    else break;
  }
  return after;
}

/** The reverse of breakAfter. */
function breakBefore(bytes: Uint8Array, place: number): number {
  let before = place;
  while (place - before < longestBreak) {
    if (isBlank(bytes[before - 1])) before -= 1;
    else if (isEscaped(bytes[before - 2], bytes[before - 1])) before -= 2;
    else break;
  }
  return before;
}
