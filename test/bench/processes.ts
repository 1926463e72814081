import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

/** What a program with all its processes takes while nobody does anything. */
export interface RestCost {
  /** The memory that is its own, and its share of what it shares, in MB. */
  memory: number;
  /** Of one processor, in percent. */
  cpu: number;
  /** How often a second its main process was woken. */
  wakes: number;
}

/** Clock ticks a second that /proc counts in: the same on every Linux. */
const ticks = 100;

/** Leaves a program alone for some seconds and reads what it has taken. */
export async function restOf(pid: number, seconds: number): Promise<RestCost> {
  const before = { cpu: cpuOf(pid), wakes: wakesOf(pid) };
  await sleep(seconds * 1000);
  return {
    memory: familyOf(pid).reduce((sum, one) => sum + memoryOf(one), 0) / 1000,
    cpu: ((cpuOf(pid) - before.cpu) / ticks / seconds) * 100,
    wakes: (wakesOf(pid) - before.wakes) / seconds,
  };
}

const readProc = (...names: (string | number)[]): string => {
  try {
    return readFileSync(`/proc/${names.join('/')}`, 'latin1');
  } catch {
    // it has ended meanwhile
    return '';
  }
};

/** A stat's fields from the third on: the second, a name, may hold anything. */
const statOf = (pid: number): string[] => readProc(pid, 'stat').split(') ').at(-1)?.split(' ') ?? [];

/** A process and all below it. */
function familyOf(root: number): number[] {
  const parents = new Map(
    readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .map((name) => [Number(name), Number(statOf(Number(name))[1])]),
  );
  const family = [root];
  for (const member of family) {
    for (const [pid, parent] of parents) if (parent === member) family.push(pid);
  }
  return family;
}

const cpuOf = (root: number): number =>
  familyOf(root).reduce((sum, pid) => {
    const fields = statOf(pid);
    return sum + Number(fields[11] ?? 0) + Number(fields[12] ?? 0);
  }, 0);

/** Of the thread that runs our code. */
const wakesOf = (pid: number): number =>
  Number(/^voluntary_ctxt_switches:\t(\d+)$/m.exec(readProc(pid, 'task', pid, 'status'))?.[1] ?? Number.NaN);

/** In kB. */
const memoryOf = (pid: number): number =>
  Number(/^Pss:\s+(\d+)/m.exec(readProc(pid, 'smaps_rollup'))?.[1] ?? 0);
