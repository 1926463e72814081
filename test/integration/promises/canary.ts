import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A text that must not stand anywhere, in one of the forms in which it could. */
export interface Form {
  what: string;
  bytes: Buffer;
}

const base64 = (text: string): string[] => {
  // the same bytes look different at each of the three positions in a group; ends that depend on neighbours go
  return [0, 1, 2].map((shift) => {
    const coded = Buffer.from(`${'\0'.repeat(shift)}${text}`)
      .toString('base64')
      .replace(/=+$/, '');
    return coded.slice(shift === 0 ? 0 : shift + 1, -1);
  });
};

/** A secret as it is, and in base64, URL and JSON form, hexadecimal and UTF-16. */
export function formsOf(what: string, secret: string): Form[] {
  const texts = new Set([
    secret,
    encodeURIComponent(secret),
    JSON.stringify(secret).slice(1, -1),
    Buffer.from(secret).toString('hex'),
    ...base64(secret),
    ...base64(secret).map((text) => text.replaceAll('+', '-').replaceAll('/', '_')),
  ]);
  return [
    ...[...texts].map((text) => ({ what, bytes: Buffer.from(text) })),
    { what, bytes: Buffer.from(secret, 'utf16le') },
  ];
}

/** A whole key and its secret half. */
export const formsOfKey = (what: string, key: string): Form[] => [
  ...formsOf(what, key),
  ...formsOf(`${what}, the secret half`, key.slice(key.indexOf(':') + 1)),
];

/** Which of the forms stand in some bytes. */
export const found = (bytes: Buffer, forms: Form[]): string[] => [
  ...new Set(forms.filter((form) => bytes.includes(form.bytes)).map(({ what }) => what)),
];

/** Searches every file below a folder. @returns `path: what` for each find */
export function searchFiles(folder: string, forms: Form[]): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .flatMap((entry) => {
      const path = join(entry.parentPath, entry.name);
      return found(readFileSync(path), forms).map((what) => `${path}: ${what}`);
    });
}
