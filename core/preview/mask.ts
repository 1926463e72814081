/** Replaces what is hidden. */
const hidden = '…';

const uuid = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}(?=:)/i;
const wholeKey = new RegExp(`(${uuid.source}):(?!${hidden})\\S*`, 'gi');

/** Keeps a key's id, which is not secret, and hides anything else. */
export function maskedKey(text: string): string {
  const [id] = text.match(uuid) ?? [];
  return id === undefined ? hidden : `${id}:${hidden}`;
}

/** A longer word may be a secret. In characters. */
const longestWord = 14;

/** For lines without an assignment: keeps short words, hides what could be a secret. */
const maskedWords = (text: string): string =>
  text.replace(/[^\s"'`=,;()[\]{}]+/g, (word) =>
    word.length <= longestWord && !/[^:]:[^:]/.test(word) ? word : maskedKey(word),
  );

const header = /^\s*\[.*\]\s*(#|$)/;

/** `NAME =`, `export NAME=`, `set -x NAME=`, `NAME<<`, `a.b =`, `"NAME" =` at the beginning of a line. */
const assignment =
  /^(\s*(?:(?:export|declare|typeset|set)\s+(?:-\S+\s+)*)?["']?([A-Za-z_][A-Za-z0-9_.-]{0,127})["']?\s*(?:=|<<)\s*)(.*)$/;

/** host, host:port, or a URL without a user in it. */
const isAddress = (word: string): boolean =>
  /^["']?(https?:\/\/)?[A-Za-z0-9.-]+(:\d{1,5})?(\/[^@\s:]*)?["']?$/.test(word);

const withoutKeys = (text: string): string =>
  text.replace(/\S+:\S+/g, (word) => (isAddress(word) ? word : maskedKey(word)));

/**
 * A line of a file with keys, as it is shown on a screen: variables and key ids stay. Every other value is hidden,
 * since it is unknown what in it is secret.
 * @param plain the names whose values are shown
 */
export function maskedLine(text: string, plain: readonly string[]): string {
  if (header.test(text)) return withoutKeys(text);
  const [, start, name = '', value = ''] = text.match(assignment) ?? [];
  // a line from the middle of a longer value may look like a name, but be part of a secret
  if (start === undefined || (name.length > longestWord && !/[_.-]/.test(name))) return maskedWords(text);
  if (value.trim() === '') return text;
  if (plain.includes(name.split('.').at(-1) ?? '')) return start + withoutKeys(value);
  const quote = value.match(/^["']/)?.[0] ?? '';
  return `${start}${quote}${maskedKey(value)}${quote}`;
}

/** Like `maskedLine`, for JSON: property names stay. */
export function maskedJson(text: string, plain: readonly string[]): string {
  let name = '';
  const masked = text.replace(
    /"((?:[^"\\]|\\.)*)(?:"|$)(\s*:)?|-?\d[\w.+-]*/g,
    (whole, inside?: string, colon?: string) => {
      if (colon !== undefined) {
        name = inside ?? '';
        return whole;
      }
      if (inside === undefined) return hidden;
      return plain.includes(name) ? withoutKeys(whole) : `"${maskedKey(inside)}"`;
    },
  );
  // in invalid JSON, a key may be outside of quotes
  return masked.replace(wholeKey, `$1:${hidden}`);
}
