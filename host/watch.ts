import { type FSWatcher, watch } from 'node:fs';
import { type Topic, topics } from '../core/model/topic.ts';

/** Writes that come together are looked at once, in milliseconds. */
const gatherMs = 30;

/**
 * Where the system tells of no writes (a network drive), or too late, another process's changes are looked for so often, in
 * milliseconds: within the second that is promised, and too seldom to keep a processor awake.
 */
const everyMs = 900;

/**
 * Tells which topics have changed, whichever process changed them: one row a topic counts its changes. The system wakes
 * us when something is written in the folder.
 * @param folder the database's
 * @returns looks at once, and ends the watching
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

/** Null where the system can't: the timer is left. */
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
 * Null while the database can't be read: another process may be setting it aside, or the disk be full. Whatever it
 * is, the next call from the window says it in words; looking for changes must not end the program.
 */
function attempt(read: () => Record<Topic, number>): Record<Topic, number> | null {
  try {
    return read();
  } catch {
    return null;
  }
}
