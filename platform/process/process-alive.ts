import { readFileSync } from 'node:fs';
import { codeOf } from '../files/error-code.ts';

/** This process as another one can find it again. */
export interface ProcessMark {
  pid: number;
  /** When it started, in the system's own words; empty where the system doesn't tell without effort. */
  started: string;
}

export const ownMark = (): ProcessMark => ({ pid: process.pid, started: startOf(process.pid) ?? '' });

/** Whether a process of this number runs, whoever's it is. */
export function isRunning(pid: number): boolean {
  if (pid === process.pid) return true;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return codeOf(error) === 'EPERM';
  }
}

/** False once the process is gone, also when another has its number by now. */
export function isAlive(mark: ProcessMark): boolean {
  if (!isRunning(mark.pid)) return false;
  const started = startOf(mark.pid);
  return started === null || mark.started === '' || started === mark.started;
}

/**
 * Linux: the boot's id and the process's start in clock ticks (field 22 of /proc/PID/stat, see proc(5)); the name in
 * field 2 may hold spaces and brackets, so it counts from the last bracket. 'dead' for a process that has ended and
 * was not collected yet. Elsewhere null: the number has to do.
 */
function startOf(pid: number): string | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    if (fields[0] === 'Z' || fields[0] === 'X') return 'dead';
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'latin1').trim();
    return `${boot}/${fields[19] ?? ''}`;
  } catch {
    return null;
  }
}
