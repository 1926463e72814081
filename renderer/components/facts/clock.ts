import { useSyncExternalStore } from 'react';

let now = Date.now();
const listeners = new Set<() => void>();
let timer: ReturnType<typeof setInterval> | undefined;

function tick(): void {
  now = Date.now();
  for (const each of listeners) each();
}

function subscribe(listener: () => void): () => void {
  if (listeners.size === 0) now = Date.now();
  listeners.add(listener);
  if (timer === undefined) {
    timer = setInterval(tick, 20_000);
    // timers slow down or stop in a hidden page and on a sleeping machine
    document.addEventListener('visibilitychange', tick);
    window.addEventListener('focus', tick);
  }
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    clearInterval(timer);
    document.removeEventListener('visibilitychange', tick);
    window.removeEventListener('focus', tick);
    timer = undefined;
  };
}

/** The current time, for showing ages. Updates three times a minute. */
export const useNow = (): number => useSyncExternalStore(subscribe, () => now);
