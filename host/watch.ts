import { hasCode, VarvelError } from '../core/model/error.ts';
import { type Topic, topics } from '../core/ports.ts';

/** How often another process's changes are looked for, in milliseconds: well within the second that is promised. */
const everyMs = 250;

/**
 * Tells which topics have changed, whichever process changed them: one row a topic counts its changes.
 * @returns looks at once, and ends the watching
 */
export function watchTopics(
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
  return { look, end: () => clearInterval(timer) };
}

/** Null while the database can't be read: another process may be setting it aside. */
function attempt(read: () => Record<Topic, number>): Record<Topic, number> | null {
  try {
    return read();
  } catch (error) {
    if (error instanceof VarvelError && !hasCode(error, 'unexpected')) return null;
    throw error;
  }
}
