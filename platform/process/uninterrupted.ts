/** Signals that end a process unless it listens. */
const signals: NodeJS.Signals[] = ['SIGINT', 'SIGTERM', 'SIGHUP'];

const running = new Set<Promise<unknown>>();
const held = new Set<NodeJS.Signals>();
let holdsSignals = false;

/**
 * Does work that the process's end waits for: what can't be done twice, such as to spend a refresh token and save the
 * next one. It should have a time limit.
 */
export async function uninterrupted<T>(work: () => Promise<T>): Promise<T> {
  if (holdsSignals && running.size === 0) for (const signal of signals) process.prependListener(signal, hold);
  const result = work();
  const settled = result.catch(() => undefined);
  running.add(settled);
  try {
    return await result;
  } finally {
    running.delete(settled);
    if (running.size === 0) release();
  }
}

/** Waits until no such work runs. Roots do so before they end the process. */
export async function uninterruptedEnds(): Promise<void> {
  while (running.size > 0) await Promise.all(running);
}

/**
 * Lets signals wait for such work, too. Only for a root whose signals nobody else handles: Electron's own handlers would be gone
 * after it.
 */
export function holdSignals(): void {
  holdsSignals = true;
}

function hold(signal: NodeJS.Signals): void {
  // who else listens ends the process in its own way
  if (process.listenerCount(signal) === 1) held.add(signal);
}

function release(): void {
  for (const signal of signals) process.off(signal, hold);
  const [first] = held;
  held.clear();
  if (first) process.kill(process.pid, first);
}
