/** A group of bytes that is looked up at once. */
export const gramSize = 4;

/** A group of a pattern's bytes, as a number in this machine's byte order, and where in the pattern it is. */
export interface Gram {
  value: number;
  offset: number;
}

/**
 * The groups of a pattern that tell it. With a step, only one for each remainder of the offset by the step, the one that
 * is rarest in other texts: whatever place a search begins at, one of them lies at one of its steps.
 * @param step null for all groups
 */
export function gramsOf(pattern: Uint8Array, step: number | null): Gram[] {
  const view = new DataView(pattern.buffer, pattern.byteOffset, pattern.byteLength);
  const best: (Gram & { rarity: number })[] = [];
  for (let offset = 0; offset + gramSize <= pattern.length; offset += 1) {
    const rarity = rarityOf(pattern, offset);
    const place = step === null ? offset : offset % step;
    const known = best[place];
    if (!known || known.rarity < rarity)
      best[place] = { value: view.getInt32(offset, littleEndian), offset, rarity };
  }
  return best;
}

/** How many of a group's bytes are not what escapes add to every character. */
function rarityOf(pattern: Uint8Array, offset: number): number {
  let rarity = 0;
  for (let place = offset; place < offset + gramSize; place += 1)
    if (!common.has(pattern[place] ?? 0)) rarity += 1;
  return rarity;
}

const littleEndian = new Uint8Array(new Uint16Array([1]).buffer)[0] === 1;

/** What escapes add to every character: NUL, %, \, u and 0. */
const common = new Set([0, 0x25, 0x5c, 0x75, 0x30]);

/**
 * Looks up groups of bytes. A table of bits, which fits the processor's cache, turns nearly all away.
 */
export function createGramTable(grams: (Gram & { pattern: number })[]) {
  const bits = Math.min(24, Math.max(16, Math.ceil(Math.log2(grams.length * 64 + 1))));
  const shift = 32 - bits;
  const filter = new Uint32Array(2 ** (bits - 5));
  const byValue = new Map<number, number[]>();
  for (const { value, offset, pattern } of grams) {
    const bit = Math.imul(value, spread) >>> shift;
    filter[bit >>> 5] = (filter[bit >>> 5] ?? 0) | (1 << (bit & 31));
    const pairs = byValue.get(value);
    if (pairs) pairs.push(pattern, offset);
    else byValue.set(value, [pattern, offset]);
  }

  const mayHold = (value: number): boolean => {
    const bit = Math.imul(value, spread) >>> shift;
    return ((filter[bit >>> 5] ?? 0) & (1 << (bit & 31))) !== 0;
  };

  return {
    /** Pairs of a pattern and the offset in it where a group of bytes stands. */
    pairsOf: (value: number): number[] | undefined => (mayHold(value) ? byValue.get(value) : undefined),

    /**
     * Looks up every nth word from one index to another.
     * @param hit gets the word's index and its pairs
     * @param blank gets the index of a word that begins with a blank or holds a line break, as the one before may do
     */
    each(
      words: Int32Array,
      { from, to, nth }: { from: number; to: number; nth: number },
      hit: (word: number, pairs: number[]) => void,
      blank: (word: number) => void,
    ): void {
      let before = -1;
      for (let index = from; index < to; index += nth) {
        const value = words[index] ?? 0;
        const blanks = isBlank(value);
        if ((blanks & before) < 0) blank(index);
        before = blanks;
        const bit = Math.imul(value, spread) >>> shift;
        if (((filter[bit >>> 5] ?? 0) & (1 << (bit & 31))) === 0) continue;
        const pairs = byValue.get(value);
        if (pairs) hit(index, pairs);
      }
    },
  };
}

/** Below 0 for a word that begins with a blank or holds a line break. */
function isBlank(word: number): number {
  const first = littleEndian ? word & 255 : word >>> 24;
  // a byte of 0 for codes from 8 to 15: tabs and line breaks. Only there does taking 1 set a high bit that wasn't set
  const other = (word & 0xf8f8f8f8) ^ 0x08080808;
  const breaks = ((other - 0x01010101) | 0) & ~other & 0x80808080;
  return (first - 0x21) | breaks | -breaks;
}

/** Four bytes as a number in this machine's byte order. */
export function gramAt(bytes: Uint8Array, at: number): number {
  const first = (bytes[at] ?? 0) | ((bytes[at + 1] ?? 0) << 8);
  const value = first | ((bytes[at + 2] ?? 0) << 16) | ((bytes[at + 3] ?? 0) << 24);
  return littleEndian ? value : swapped(value);
}

const swapped = (value: number): number =>
  (value << 24) | ((value & 0xff00) << 8) | ((value >>> 8) & 0xff00) | (value >>> 24);

/** Spreads values over the bits of the table: 2³² divided by the golden ratio, as in Fibonacci hashing. */
const spread = 0x9e3779b1;
