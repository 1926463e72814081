import { fchownSync, statSync } from 'node:fs';

/**
 * The owner of a folder, where it isn't root, and root is about to create something there. A container's root may work in
 * a person's data folder: what it left there for itself, they could neither read nor change. SQLite does the same with
 * the files beside a database.
 */
export function ownerBesideRoot(folder: string): { uid: number; gid: number } | null {
  if (process.getuid?.() !== 0) return null;
  const there = statSync(folder, { throwIfNoEntry: false });
  return there === undefined || there.uid === 0 ? null : { uid: there.uid, gid: there.gid };
}

/** Gives an open file or folder, created by this process, to the owner of the folder it is in, if root has to. */
export function giveToOwnerOf(folder: string, created: number): void {
  const owner = ownerBesideRoot(folder);
  if (owner === null) return;
  try {
    fchownSync(created, owner.uid, owner.gid);
  } catch {
    // a disk without owners, or a root that may not: it works for root
  }
}
