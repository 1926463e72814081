import { spawnSync } from 'node:child_process';
import { setImmediate as nextTurn } from 'node:timers/promises';

/** One program whose whole run is measured. */
export interface Contender {
  name: string;
  /** The command of a round. */
  command(round: number): [program: string, ...args: string[]];
  env: NodeJS.ProcessEnv;
  /** Takes part in every nth round only; for what is slow and compared with nothing. */
  every?: number;
}

/** Wall times of whole processes, in milliseconds, in the order of the rounds. */
export type Times = Map<string, number[]>;

/** A program that did not do what was measured. */
export class RunFailed extends Error {}

export interface MeasureOptions {
  /** How long the rounds may go on, in milliseconds. */
  budgetMs: number;
  /** Rounds that there are in any case. */
  atLeast: number;
  onRound(done: number): void;
  /** Ends it between two rounds. */
  signal: AbortSignal;
}

/**
 * Runs all contenders once per round, one after the other, so that what the machine does meanwhile hits all alike.
 * Each round begins with another one. A first round only warms up.
 * @throws RunFailed
 */
export async function measure(contenders: Contender[], options: MeasureOptions): Promise<Times> {
  const times: Times = new Map(contenders.map(({ name }) => [name, []]));
  for (const contender of contenders) runOnce(contender, 1);
  const end = performance.now() + options.budgetMs;
  for (let round = 0; round < options.atLeast || performance.now() < end; round += 1) {
    for (let turn = 0; turn < contenders.length; turn += 1) {
      const contender = contenders[(turn + round) % contenders.length];
      if (contender && round % (contender.every ?? 1) === 0)
        times.get(contender.name)?.push(runOnce(contender, round));
    }
    options.onRound(round + 1);
    await nextTurn();
    if (options.signal.aborted) throw new RunFailed('It was interrupted.');
  }
  return times;
}

function runOnce(contender: Contender, round: number): number {
  const [program, ...args] = contender.command(round);
  const start = performance.now();
  const { status, error, stderr } = spawnSync(program, args, {
    env: contender.env,
    stdio: ['ignore', 'pipe', 'pipe'],
    encoding: 'utf8',
  });
  const took = performance.now() - start;
  if (status === 0) return took;
  throw new RunFailed(
    `${contender.name} did not run: ${error?.message ?? (stderr.trim() || `exit code ${status}`)}`,
  );
}
