import { createHash } from 'node:crypto';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Locks } from '../../core/ports.ts';
import { atomicWrite } from './atomic-write.ts';
import { hasErrorCode } from './error-code.ts';
import { fileError, inUse, keepsChanging } from './file-error.ts';
import { followLinks, isUnchanged, openTarget, type PatchTarget, refuseReadOnly } from './patch-target.ts';
import { isHeldOpen, ownSystem, type RenameSystem } from './rename.ts';
import { sweep } from './temporary.ts';

export interface PatchOptions {
  /**
   * The most rights the file has afterwards; one that has fewer keeps those. 0600 when not given. `keep` leaves a
   * file its own rights, for what holds no secret.
   */
  mode?: number | 'keep';
  /** The largest file that is touched, in bytes; 8 MiB when not given. */
  limit?: number;
  /** Keeps Varvel's own processes out of each other's way. */
  locks?: Pick<Locks, 'exclusive'>;
  system?: RenameSystem;
}

export interface Patched {
  /** The file itself, where the path was a symbolic link to it. */
  path: string;
  /** What the change was made to; null when there was no file. */
  before: Buffer | null;
  /** What the file holds now; null when there still is none. */
  after: Buffer | null;
  /** False when there was nothing to change. */
  written: boolean;
}

/** How often a file that another program changes meanwhile is tried. */
const attempts = 20;
const usualLimit = 8 * 1024 * 1024;

/**
 * Changes a file of somebody else's: symbolic links are followed and stay, and after a crash there is the old content
 * or the new. When another program changes the file meanwhile, the change is made again to what that program wrote;
 * also when it wrote, in place, in the very moment of the exchange. (A program that itself puts another file there
 * in that moment is not seen; it is less than a millisecond.) Windows replaces no file that is open, so that there what
 * was written in that very moment is not seen either. Hard links part, access lists are not copied.
 * @param change from what is there (null: no file) to what shall be; null leaves it. May be called several times; what
 * it throws comes out, and nothing was changed
 * @throws VarvelError `invalid` (folder, device, FIFO, too large, circle), `not_found` (no folder), `storage_*`,
 * `conflict` when the file keeps changing or is held open
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

/** What a later patch would start from, without changing anything. @throws as patchFile */
export async function readForPatch(
  path: string,
  { limit = usualLimit }: Pick<PatchOptions, 'limit'> = {},
): Promise<{ path: string; bytes: Buffer | null; mode: number | null }> {
  try {
    await using target = await openTarget(path, limit);
    return { path: target.path, bytes: target.file?.bytes ?? null, mode: target.file?.mode ?? null };
  } catch (error) {
    throw fileError(error, path, 'change');
  }
}

/** A few locks for all files there are, since lock files are never deleted. */
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
  { mode = 0o600, limit = usualLimit, system = ownSystem }: PatchOptions,
): Promise<Patched> {
  try {
    let lost: Lost | null = null;
    for (let attempt = 0; attempt < attempts; attempt += 1) {
      if (attempt > 0 && !lost) await sleep(Math.random() * 2 * attempt);
      await using target = await openTarget(path, limit, lost?.ours);
      const outcome = await patchOnce({ path, target, lost, change, mode, system });
      if (outcome.kind === 'done') return outcome.patched;
      lost = outcome.lost;
    }
  } catch (error) {
    throw fileError(error, path, 'change');
  }
  throw keepsChanging(path);
}

/** What another program wrote into a file in the moment in which we replaced it. */
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
  system: RenameSystem;
}

async function patchOnce({ path, target, lost, change, mode, system }: Attempt): Promise<Outcome> {
  const there = target.file?.bytes ?? null;
  const again: Outcome = { kind: 'again', lost };
  // unless somebody has written the new file since, who then had the last word
  const rescued = lost && there?.equals(lost.ours) ? lost.theirs : null;
  const before = rescued ?? there;
  let wanted: Uint8Array | null;
  try {
    wanted = change(before) ?? rescued;
  } catch (error) {
    // half a file, perhaps, of a program that was writing it
    if (isUnchanged(path, target)) throw error;
    return again;
  }
  if (wanted === null || there?.equals(wanted)) {
    return { kind: 'done', patched: { path: target.path, before, after: there, written: rescued !== null } };
  }
  const after = Buffer.from(wanted);
  await refuseReadOnly(target);
  await sweep(dirname(target.path));
  if (system.platform === 'win32') await target.close();
  if (!(await exchange(path, target, after, mode, system))) return again;
  const theirs = system.platform === 'win32' ? null : await target.writtenSince();
  if (theirs) return { kind: 'again', lost: { theirs, ours: after } };
  return { kind: 'done', patched: { path: target.path, before, after, written: true } };
}

/** @returns false when the file has changed since it was read */
async function exchange(
  path: string,
  target: PatchTarget,
  content: Buffer,
  mode: number | 'keep',
  system: RenameSystem,
): Promise<boolean> {
  const { file } = target;
  try {
    return await atomicWrite(target.path, content, {
      mode: mode === 'keep' ? (file?.mode ?? 0o600) : mode & (file?.mode ?? 0o777),
      ...(file && { owner: file }),
      replace: file !== null,
      isDue: () => isUnchanged(path, target),
      system,
    });
  } catch (error) {
    // the new file could be written, so that it is not for the folder's rights
    if (file && isHeldOpen(error, system.platform) && hasErrorCode(error, 'EPERM', 'EACCES'))
      throw inUse(target.path, error);
    throw error;
  }
}
