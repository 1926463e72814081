import { isText } from '../../core/model/machine/is-text.ts';
import type { ByteScanner, Span } from '../../core/ports/sources.ts';

/** What is read at once, in bytes. */
const partSize = 1024 * 1024;

const newline = 10;

/** Something found in one stream of bytes. */
export interface FoundInParts<Found> {
  found: Found;
  /** The first is 1. */
  line: number;
}

/**
 * Searches streams of bytes one after the other, part by part in one buffer: each part begins with the end of the one
 * before, so that nothing at the border is missed.
 */
export function createParts<Found extends Span>({ scanner }: { scanner: ByteScanner<Found> }) {
  const buffer = Buffer.allocUnsafeSlow(scanner.overlap + partSize);
  let length = 0;
  /** What was already searched in the part before. */
  let repeated = 0;
  let lines = 1;
  let results: FoundInParts<Found>[] = [];

  function scan(): void {
    let [line, counted] = [lines, 0];
    for (const found of scanner.scan(buffer, length)) {
      if (found.end <= repeated) continue;
      line += linesIn(buffer, counted, found.start);
      counted = Math.max(counted, found.start);
      results.push({ found, line });
    }
  }

  function startNextPart(): void {
    scan();
    const kept = Math.min(scanner.overlap, length);
    lines += linesIn(buffer, 0, length - kept);
    buffer.copyWithin(0, length - kept, length);
    length = kept;
    repeated = kept;
  }

  return {
    begin(): void {
      length = 0;
      repeated = 0;
      lines = 1;
      results = [];
    },

    /** Where the next bytes are to be written; never empty. */
    room(): Buffer {
      if (length === buffer.length) startNextPart();
      return buffer.subarray(length);
    },

    /** Says how many bytes were written there. */
    wrote(count: number): void {
      length += count;
    },

    /** Adds bytes that are already read. */
    add(bytes: Buffer): void {
      for (let place = 0; place < bytes.length; ) {
        if (length === buffer.length) startNextPart();
        const count = bytes.copy(buffer, length, place);
        length += count;
        place += count;
      }
    },

    /** Ends the stream. @returns what was found in it, in order */
    end(): FoundInParts<Found>[] {
      scan();
      return results;
    },

    /** Whether the last part is text; of a short stream that is all of it. */
    looksLikeText: (): boolean => isText(buffer.subarray(0, length)),
  };
}

export type Parts<Found extends Span> = ReturnType<typeof createParts<Found>>;

/** Line breaks between two places. */
function linesIn(bytes: Buffer, from: number, to: number): number {
  let count = 0;
  for (let place = from; place < to; place += 1) if (bytes[place] === newline) count += 1;
  return count;
}
