import { VarvelError } from '../model/error.ts';
import type { LockWatch } from '../model/fal/diagnosis.ts';
import type { StoredKey } from '../model/fal/key.ts';
import type { Clock } from '../ports.ts';
import type { LockDoctor } from './lock-doctor.ts';
import { usualWatchMs } from './watch.ts';

/** How many keys are watched at the same time. */
const mostWatches = 10;

export interface WatchNews {
  title: string;
  text: string;
}

export type LockWatches = ReturnType<typeof createLockWatches>;

/**
 * The watches of one program, which last as long as it runs.
 * @param tell called once for each watch, when it ends by itself
 * @param changed called when one begins, goes on or ends
 */
export function createLockWatches(
  doctor: () => Promise<LockDoctor>,
  clock: Pick<Clock, 'now'>,
  tell: (news: WatchNews) => void,
  changed: () => void,
) {
  const running = new Map<string, { watch: LockWatch; stop: AbortController; ended: Promise<void> }>();

  async function run(key: StoredKey, watch: LockWatch, signal: AbortSignal): Promise<void> {
    const name = key.alias ?? key.id;
    try {
      const ended = await (await doctor()).watch(key, {
        forMs: usualWatchMs,
        signal,
        onCheck(checks) {
          watch.checks = checks;
          watch.lastAt = clock.now();
          changed();
        },
      });
      tell(news[ended](name));
    } catch (error) {
      if (!(error instanceof VarvelError)) throw error;
      if (error.code !== 'cancelled') tell({ title: `${name} is no longer watched`, text: error.message });
    }
  }

  return {
    /** Watches a key; one that is watched already goes on. @throws VarvelError `conflict` for too many */
    start(key: StoredKey): void {
      if (running.has(key.id)) return;
      if (running.size >= mostWatches)
        throw new VarvelError(
          'conflict',
          `Varvel watches ${mostWatches} keys already.`,
          'Stop one of the watches first.',
        );
      const since = clock.now();
      const watch: LockWatch = {
        keyId: key.id,
        since,
        until: since + usualWatchMs,
        checks: 0,
        lastAt: null,
      };
      const stop = new AbortController();
      const ended = run(key, watch, stop.signal).finally(() => {
        running.delete(key.id);
        changed();
      });
      running.set(key.id, { watch, stop, ended });
      changed();
    },

    stop: (keyId: string): void => running.get(keyId)?.stop.abort(),

    all: (): LockWatch[] =>
      [...running.values()].filter(({ stop }) => !stop.signal.aborted).map(({ watch }) => ({ ...watch })),

    /** Stops all, and waits for them. */
    async end(): Promise<void> {
      const watches = [...running.values()];
      for (const { stop } of watches) stop.abort();
      await Promise.all(watches.map(({ ended }) => ended));
    },
  };
}

const news: Record<'works' | 'dead' | 'over', (name: string) => WatchNews> = {
  works: (name) => ({ title: `${name} works again`, text: 'fal takes this key for paid calls again.' }),
  dead: (name) => ({
    title: `${name} was revoked`,
    text: 'fal doesn’t know this key any more, so Varvel stopped watching it.',
  }),
  over: (name) => ({
    title: `${name} is still refused`,
    text: 'Varvel stopped watching it. Look at why, and write to fal’s support if it stays.',
  }),
};
