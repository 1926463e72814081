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
