import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};

/** One instance per folder: a lock file with a process's number, and a message file from each that comes second. */
export function createSingleInstance(onSecond: (argv: string[], folder: string) => void) {
  let timer: NodeJS.Timeout | null = null;
  let held: string | null = null;

  function listen(folder: string): void {
    timer = setInterval(() => {
      for (const name of readdirSync(folder).filter((entry) => entry.startsWith('second-'))) {
        const said: unknown = JSON.parse(readFileSync(join(folder, name), 'utf8'));
        rmSync(join(folder, name));
        if (Array.isArray(said)) onSecond(said.map(String), process.cwd());
      }
    }, 50);
    timer.unref();
  }

  return {
    request(folder: string): boolean {
      if (held) return true;
      const locks = join(folder, 'stand-in-instance');
      mkdirSync(locks, { recursive: true });
      const lock = join(locks, 'lock');
      for (;;) {
        try {
          writeFileSync(lock, String(process.pid), { flag: 'wx' });
          held = lock;
          listen(locks);
          return true;
        } catch {
          if (isAlive(Number(readFileSync(lock, 'utf8')))) break;
          rmSync(lock, { force: true });
        }
      }
      // written whole before it has the name that is looked for
      const draft = join(locks, `draft-${process.pid}`);
      writeFileSync(draft, JSON.stringify(process.argv));
      renameSync(draft, join(locks, `second-${process.pid}`));
      return false;
    },
    release(): void {
      if (timer) clearInterval(timer);
      if (held) rmSync(held, { force: true });
      held = null;
    },
  };
}
