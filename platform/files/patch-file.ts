import { createHash } from 'node:crypto';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Locks } from '../../core/ports.ts';
import { atomicWrite, type TemporaryNotes } from './atomic-write.ts';
import { fileError, inUse, keepsChanging } from './file-error.ts';
import {
  followLinks,
  isUnchanged,
  openTarget,
  type PatchTarget,
  refuseOwnerLost,
  refusePlanted,
  refuseReadOnly,
} from './patch-target.ts';
import { isHeldOpen, ownSystem, type RenameSystem } from './rename.ts';
import { sweep } from './temporary.ts';

export interface PatchOptions {
  /**
   * The most permissions the file has afterwards; fewer stay. Default 0600. `keep` keeps the file's own, with its access
   * list on Linux, and changes nothing where its group can't be kept either: somebody else could no longer use it.
   */
  mode?: number | 'keep';
  /** The largest file to change, in bytes; default 8 MiB. */
  limit?: number;
  /** So that Varvel's processes don't write at the same time. */
  locks?: Pick<Locks, 'exclusive'>;
  /** Where the temporary file is noted, so that a later process can delete it should this one be killed. */
  notes?: TemporaryNotes;
  system?: RenameSystem;
}

export interface Patched {
  /** The path with symbolic links resolved. */
  path: string;
  /** The content before the change; null when there was no file. */
  before: Buffer | null;
  /** The content now; null when there is still no file. */
  after: Buffer | null;
  /** False when there was nothing to change. */
  written: boolean;
}

/** How often to try when another program keeps changing the file. */
const attempts = 20;
const defaultLimit = 8 * 1024 * 1024;

/**
 * Changes another program's file. Symbolic links are followed and stay. After a crash, the file has the old content
 * or the new. When another program changes the file meanwhile, the change is applied to the new content, even if
 * that program wrote in place at the very moment of the rename. (A program that renames its own file there
 * at that moment is not noticed; it is less than a millisecond.) Windows can't replace an open file, so a write at
 * that moment is not noticed there either. Hard links are broken. Extended attributes are copied on Linux (see
 * copyAttributes).
 * @param change from the old content (null: no file) to the new; null changes nothing. May be called several times. If
 * it throws, nothing changes and the error is passed on
 * @throws VarvelError `invalid` (folder, device, FIFO, too large, circle), `not_found` (no folder), `storage_*`,
 * `conflict` when the file keeps changing or is held open, or its owner can't be kept
 */
export async function patchFile(
  path: string,
  change: (before: Buffer | null) => Uint8Array | null,
  options: PatchOptions = {},
): Promise<Patched> {
  const { locks } = options;
  if (!locks) return patchNow(path, change, options);
  return locks.exclusive(await lockName(path), () => patchNow(path, change, options));
}

/** Reads a file as a patch would, without changing anything. @throws as patchFile */
export async function readForPatch(
  path: string,
  { limit = defaultLimit }: Pick<PatchOptions, 'limit'> = {},
): Promise<{ path: string; bytes: Buffer | null; mode: number | null; names: number }> {
  try {
    await using target = await openTarget(path, limit);
    const { bytes = null, mode = null, names = 0 } = target.file ?? {};
    return { path: target.path, bytes, mode, names };
  } catch (error) {
    throw fileError(error, path, 'change');
  }
}

/** A few locks shared by all files, since lock files are never deleted. */
async function lockName(path: string): Promise<string> {
  try {
    const target = await followLinks(path);
    return `patch-${createHash('sha256').update(target).digest('hex').slice(0, 2)}`;
  } catch (error) {
    throw fileError(error, path, 'change');
  }
}

async function patchNow(
  path: string,
  change: (before: Buffer | null) => Uint8Array | null,
  { mode = 0o600, limit = defaultLimit, notes, system = ownSystem }: PatchOptions,
): Promise<Patched> {
  try {
    let lost: Lost | null = null;
    for (let attempt = 0; attempt < attempts; attempt += 1) {
      if (attempt > 0 && !lost) await sleep(Math.random() * 2 * attempt);
      await using target = await openTarget(path, limit, lost?.ours);
      const outcome = await patchOnce({ path, target, lost, change, mode, notes, system });
      if (outcome.kind === 'done') return outcome.patched;
      lost = outcome.lost;
    }
  } catch (error) {
    throw fileError(error, path, 'change');
  }
  throw keepsChanging(path);
}

/** What another program wrote at the moment when we replaced the file. */
interface Lost {
  theirs: Buffer;
  ours: Buffer;
}

type Outcome = { kind: 'done'; patched: Patched } | { kind: 'again'; lost: Lost | null };

interface Attempt {
  path: string;
  target: PatchTarget;
  lost: Lost | null;
  change: (before: Buffer | null) => Uint8Array | null;
  mode: number | 'keep';
  notes: TemporaryNotes | undefined;
  system: RenameSystem;
}

async function patchOnce(attempt: Attempt): Promise<Outcome> {
  const { path, target, lost, change, system } = attempt;
  const there = target.file?.bytes ?? null;
  const again: Outcome = { kind: 'again', lost };
  // unless someone has written the new file since: then that write wins
  const rescued = lost && there?.equals(lost.ours) ? lost.theirs : null;
  const before = rescued ?? there;
  let wanted: Uint8Array | null;
  try {
    wanted = change(before) ?? rescued;
  } catch (error) {
    // it may have been half a file, from a program that was writing it
    if (isUnchanged(path, target)) throw error;
    return again;
  }
  if (wanted === null || there?.equals(wanted)) {
    return { kind: 'done', patched: { path: target.path, before, after: there, written: rescued !== null } };
  }
  const after = Buffer.from(wanted);
  await refuseReadOnly(target);
  await refusePlanted(path);
  await sweep(dirname(target.path));
  if (system.platform === 'win32') await target.close();
  if (!(await exchange(attempt, after))) return again;
  const theirs = system.platform === 'win32' ? null : await target.writtenSince();
  if (theirs) return { kind: 'again', lost: { theirs, ours: after } };
  return { kind: 'done', patched: { path: target.path, before, after, written: true } };
}

/** @returns false when the file has changed since it was read */
async function exchange({ path, target, mode, notes, system }: Attempt, content: Buffer): Promise<boolean> {
  const { file } = target;
  const keeps = mode === 'keep';
  try {
    return await atomicWrite(target.path, content, {
      mode: keeps ? (file?.mode ?? 0o600) : mode & (file?.mode ?? 0o777),
      ...(file && {
        owner: file,
        ownerLost: () => refuseOwnerLost(target, keeps),
        finish: async (made) => {
          const copied = await target.copyAttributesTo(made, keeps);
          if (!copied && keeps) refuseOwnerLost(target, keeps);
        },
      }),
      replace: file !== null,
      isDue: () => isUnchanged(path, target),
      ...(notes && { notes }),
      system,
    });
  } catch (error) {
    // the new file could be written, so the folder's permissions are not the reason
    if (file && isHeldOpen(error, system.platform)) throw inUse(target.path, error);
    throw error;
  }
}
