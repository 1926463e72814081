import { rmSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod/mini';
import { VarvelError } from '../../core/model/error.ts';
import { atomicWriteNow } from '../../platform/files/atomic-write.ts';
import { smallText } from '../../platform/files/small-text.ts';
import { isAlive, ownMark, type ProcessMark } from '../../platform/process/process-alive.ts';

const mark = z.object({ pid: z.int(), started: z.string() });

/** How long a start waits for a Varvel that is quitting, and how often it looks, in milliseconds. */
const waitMs = 120_000;
const lookMs = 50;

const ownSystem = {
  now: () => Date.now(),
  sleep: (ms: number): void => void Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms),
  isAlive,
};

const markPath = (folder: string): string => join(folder, 'quitting.json');

/** Says to a start that comes meanwhile that this process ends. In a folder that can't be written, nobody is told. */
export function markQuitting(folder: string): void {
  try {
    atomicWriteNow(markPath(folder), JSON.stringify(ownMark()), { flush: false });
  } catch {
    // such a start then ends, too
  }
}

/**
 * Becomes the only instance in this folder. One that is quitting is waited for: it may take its time to store a key, and would
 * end with the start handed over to it. Blocks, as it must happen before the app is ready.
 * @param lock hands the start over to an instance that runs; true when there is none
 * @throws VarvelError `conflict` when that doesn't end
 */
export function becomeOnlyInstance(folder: string, lock: () => boolean, system = ownSystem): boolean {
  let awaited: number | null = null;
  while (!lock()) {
    const quitting = readMark(folder);
    // who runs now is not the one that has left the mark
    if (quitting === null || quitting.pid === awaited) return false;
    waitForEnd(quitting, system);
    awaited = quitting.pid;
  }
  removeMark(folder);
  return true;
}

/** @throws VarvelError `conflict` when it takes too long */
function waitForEnd(quitting: ProcessMark, { now, sleep, isAlive }: typeof ownSystem): void {
  const until = now() + waitMs;
  while (isAlive(quitting)) {
    if (now() > until)
      throw new VarvelError(
        'conflict',
        'A Varvel that was quit before has not ended yet.',
        'Wait a moment, and start Varvel again.',
      );
    sleep(lookMs);
  }
}

function removeMark(folder: string): void {
  try {
    rmSync(markPath(folder), { force: true });
  } catch {
    // its process is gone, so nobody waits for it
  }
}

/** Of the process that is quitting; null when there is no mark that can be read. */
function readMark(folder: string): ProcessMark | null {
  try {
    return z.parse(mark, JSON.parse(smallText(markPath(folder)) ?? 'null'));
  } catch {
    return null;
  }
}
