import { type GitObjectKind, gitObjectKinds } from '../../core/model/machine/key-copy.ts';

/** Gets the objects of a stream, each in parts. */
export interface ObjectReader {
  begin(object: { id: string; kind: GitObjectKind }): void;
  part(bytes: Buffer): void;
  end(): void;
  /** An object that git can't read. */
  unreadable(): void;
}

const newline = 10;

/**
 * Reads the output of `git cat-file --batch`: for each object a line with its id, kind and size, and its content.
 * @returns takes the output in parts of any size
 */
export function readObjects(reader: ObjectReader): (output: Buffer) => void {
  let header = '';
  /** What is left of the object's content; null in a header. */
  let left: number | null = null;

  return (output) => {
    let place = 0;
    while (place < output.length) {
      if (left === null) {
        const end = output.indexOf(newline, place);
        header += output.toString('latin1', place, end < 0 ? output.length : end);
        if (end < 0) return;
        place = end + 1;
        left = begin(header);
        header = '';
      } else if (left > 0) {
        const part = output.subarray(place, place + left);
        reader.part(part);
        place += part.length;
        left -= part.length;
      } else {
        // the line break after the content
        place += 1;
        reader.end();
        left = null;
      }
    }
  };

  /** @returns the size; null for an object without content, which git can't read */
  function begin(line: string): number | null {
    const [id = '', name, size] = line.split(' ');
    const kind = gitObjectKinds.find((known) => known === name);
    if (!kind || size === undefined) {
      reader.unreadable();
      return null;
    }
    reader.begin({ id, kind });
    return Number(size);
  }
}
