import { readdirSync, readFileSync } from 'node:fs';

/** What other programs can see of a process: its command line, and for the same user its environment. */
export interface Sighting {
  pid: string;
  command: string;
  environment: Buffer;
}

const read = (path: string): Buffer => {
  try {
    return readFileSync(path);
  } catch {
    // it has ended, or is somebody else's
    return Buffer.alloc(0);
  }
};

const commandOf = (pid: string): string =>
  read(`/proc/${pid}/cmdline`).toString('latin1').replaceAll('\0', ' ').trim();

/**
 * Looks at every process of the machine again and again until it is stopped. A process that lives for less
 * than a round may be missed, so what is watched for should be done several times.
 */
export function watchProcesses(): { stop(): Sighting[] } {
  const seen = new Map<string, Sighting>();
  const look = () => {
    for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
      const command = commandOf(pid);
      const environment = read(`/proc/${pid}/environ`);
      // one that has become another program in between is looked at again in the next round
      if (command === '' || commandOf(pid) !== command) continue;
      seen.set(`${pid} ${command} ${environment.length}`, { pid, command, environment });
    }
  };
  look();
  const timer = setInterval(look, 10);
  return {
    stop() {
      clearInterval(timer);
      look();
      return [...seen.values()];
    },
  };
}
