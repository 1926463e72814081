import { readFileSync } from 'node:fs';

/** The name of the program that started this one, as Linux tells it (proc_pid_comm(5)); null elsewhere. */
export function parentProgram(): string | null {
  if (process.platform !== 'linux') return null;
  try {
    return readFileSync(`/proc/${process.ppid}/comm`, 'utf8').trim() || null;
  } catch {
    return null;
  }
}
