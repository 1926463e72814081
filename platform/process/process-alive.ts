import { readFileSync, readlinkSync } from 'node:fs';
import { codeOf } from '../files/error-code.ts';

/** Identifies a process for other processes. */
export interface ProcessMark {
  pid: number;
  /** When it started, in the system's format; empty where that is hard to find out. */
  started: string;
}

export const markOf = (pid: number): ProcessMark => ({ pid, started: startOf(pid) ?? '' });
export const ownMark = (): ProcessMark => markOf(process.pid);

/** Whether any user's process with this id is running. */
export function isRunning(pid: number): boolean {
  if (pid === process.pid) return true;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return codeOf(error) === 'EPERM';
  }
}

/** False once the process is gone, even if another one has its id now. */
export function isAlive(mark: ProcessMark): boolean {
  if (!isRunning(mark.pid)) return false;
  const started = startOf(mark.pid);
  return (
    started === null ||
    mark.started === '' ||
    started === mark.started ||
    started === `${mark.started}/${pidNamespace()}`
  );
}

/** Whether a process runs where it can't be seen from here, as in another container of this machine. */
export function isElsewhere({ started }: ProcessMark): boolean {
  const [boot, , namespace] = started.split('/');
  const here = startOf(process.pid)?.split('/');
  return namespace !== undefined && here !== undefined && boot === here[0] && namespace !== here[2];
}

const pidNamespace = (): string => readlinkSync('/proc/self/ns/pid');

/**
 * Linux: the boot id, the process's start in clock ticks (field 22 of /proc/PID/stat, see proc(5)) and this process's PID
 * namespace. The name in field 2 can have spaces and brackets, so fields are counted from the last bracket. 'dead' for a
 * zombie process. Null on other systems: only the id is compared there.
 */
function startOf(pid: number): string | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    if (fields[0] === 'Z' || fields[0] === 'X') return 'dead';
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'latin1').trim();
    return `${boot}/${fields[19] ?? ''}/${pidNamespace()}`;
  } catch {
    return null;
  }
}
