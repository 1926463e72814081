import { type FSWatcher, watch } from 'node:fs';
import { type Topic, topics } from '../core/model/topic.ts';

/** Writes within this time are checked together, in milliseconds. */
const gatherMs = 30;

/**
 * How often to check for other processes' changes where the system reports writes late or never (a network drive), in
 * milliseconds: within the promised second, but rarely enough to let the processor sleep.
 */
const everyMs = 900;

/**
 * Reports which topics have changed, by any process: one row per topic counts its changes. The system wakes
 * us when something is written in the folder.
 * @param folder the database's folder
 * @returns functions to check now, and to stop watching
 */
export function watchTopics(
  folder: string,
  read: () => Record<Topic, number>,
  onChange: (changed: Topic[]) => void,
): { look(): void; end(): void } {
  let seen = attempt(read);
  const look = () => {
    const now = attempt(read);
    if (!now) return;
    const before = seen;
    seen = now;
    const changed = before ? topics.filter((topic) => now[topic] !== before[topic]) : [...topics];
    if (changed.length > 0) onChange(changed);
  };
  const timer = setInterval(look, everyMs);
  timer.unref();
  let due: NodeJS.Timeout | null = null;
  const watcher = watchFolder(folder, () => {
    due ??= setTimeout(() => {
      due = null;
      look();
    }, gatherMs).unref();
  });
  return {
    look,
    end() {
      clearInterval(timer);
      if (due) clearTimeout(due);
      watcher?.close();
    },
  };
}

/** Null where the system can't: the timer still runs. */
function watchFolder(folder: string, onWrite: () => void): FSWatcher | null {
  try {
    const watcher = watch(folder, { persistent: false }, onWrite);
    watcher.on('error', () => watcher.close());
    return watcher;
  } catch {
    return null;
  }
}

/**
 * Null while the database can't be read: another process may be quarantining it, or the disk may be full. The window's
 * next call reports the error; checking for changes must not end the program.
 */
function attempt(read: () => Record<Topic, number>): Record<Topic, number> | null {
  try {
    return read();
  } catch {
    return null;
  }
}
