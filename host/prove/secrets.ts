import { randomBytes, randomUUID } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A key that fal has never made. */
export const randomKey = (): string => `${randomUUID()}:${randomBytes(16).toString('hex')}`;

/** The files below a folder that hold a secret: plain, or as base64 at any offset, hex or in a URL. */
export function filesWith(folder: string, secret: string): string[] {
  const bytes = Buffer.from(secret);
  const forms = [
    secret,
    encodeURIComponent(secret),
    bytes.toString('hex'),
    ...[0, 1, 2].map((offset) => middleOfBase64(bytes, offset)),
  ];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => {
      const content = readFileSync(path);
      return forms.some((form) => content.includes(form));
    });
}

/** What the secret's base64 has in common whatever stands before and after it. */
const middleOfBase64 = (bytes: Buffer, offset: number): string =>
  Buffer.concat([Buffer.alloc(offset), bytes])
    .toString('base64')
    .slice(4, -8);
