import { lchownSync, lstatSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** Whom programs are run as; nothing where it is the tests' own user. */
export interface Person {
  uid?: number;
  gid?: number;
}

/** Electron's sandbox doesn't work for root: where the tests run as root, the desktop is nobody's. */
export const person: Person = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {};

/** Gives a file, or a folder with all in it, to somebody. */
export function giveTo({ uid, gid }: Person, path: string): void {
  if (uid === undefined || gid === undefined) return;
  lchownSync(path, uid, gid);
  if (!lstatSync(path).isDirectory()) return;
  for (const entry of readdirSync(path, { recursive: true, withFileTypes: true }))
    lchownSync(join(entry.parentPath, entry.name), uid, gid);
}
