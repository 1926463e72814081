/**
 * Whether a file has a part of a key, also as UTF-16, as some editors save a file. Its two byte orders only differ in the NUL
 * before the first character or after the last.
 * @param text one character per byte (latin1)
 * @param part printable ASCII
 */
export const holdsText = (text: string, part: string): boolean =>
  text.includes(part) || text.includes([...part].join('\0'));
