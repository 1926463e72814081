import { expect, test } from 'vitest';
import { figure } from '../../attacks/figures.ts';
import { type Machine, newMachine } from '../cli/machine.ts';
import { ask } from '../sandbox/running.ts';
import { sleep, temporaryAtFal } from './temporary.ts';

/** How many kills: few in CI, thousands in a long run. */
const kills = Number(process.env.VARVEL_KILLS ?? 10);
/** How many programs at a time. */
const width = 4;

const machine = newMachine({ signedIn: ['ada'] });

/** How long a program with a temporary key takes here when nobody kills it, in milliseconds. */
async function usualTime(here: Machine): Promise<number> {
  const { took, code } = await here.varvel('run', '--temporary', '--', 'sleep', '0.3');
  expect(code).toBe(0);
  return took;
}

/** One program with a temporary key, killed at a random moment. @returns whether the kill came before its end */
async function killOne(here: Machine, atMs: number): Promise<boolean> {
  const dice = Math.random();
  if (dice < 0.15)
    await here.control('faults', { target: 'grpc', kind: 'drop', after: dice < 0.1, times: 1 });
  const args =
    Math.random() < 0.7
      ? ['run', '--temporary', '--ttl', '3s', '--', 'sleep', '0.3']
      : ['keys', 'create', 'demo', '--ttl', '3s'];
  const running = here.start({}, ...args);
  const timer = setTimeout(() => running.process.kill('SIGKILL'), atMs);
  const { signal } = await running.ended;
  clearTimeout(timer);
  return signal === 'SIGKILL';
}

test(`killed ${kills} times at random: a minute after their time, and once any Varvel has run, no temporary key is alive`, {
  timeout: 120_000 + kills * 8000,
}, async () => {
  const here = machine();
  const usualMs = await usualTime(here);
  const seen = new Set<string>();
  let longestMs = 0;
  let over = false;
  const watching = (async () => {
    for (; !over; await sleep(50))
      for (const { key_id, until } of await temporaryAtFal(here.sandbox)) {
        seen.add(key_id);
        longestMs = Math.max(longestMs, Date.now() - until);
      }
  })();
  let killed = 0;
  // a busy machine is slower at times: about two in three are to be killed before their end
  let slowness = 2;
  await Promise.all(
    Array.from({ length: width }, async () => {
      while (killed < kills) {
        const isKilled = await killOne(here, usualMs * slowness * (0.5 + 0.7 * Math.random()));
        if (isKilled) killed += 1;
        slowness *= isKilled ? 1.1 : 0.83;
      }
    }),
  );
  await ask(`${here.sandbox.control}/faults`, { method: 'DELETE' });
  const left = await temporaryAtFal(here.sandbox);
  const latest = Math.max(0, ...left.map(({ until }) => until));
  await sleep(Math.max(latest - Date.now(), 0));
  // any Varvel: this one asks for no list
  while ((await temporaryAtFal(here.sandbox)).length > 0) {
    expect(Date.now() - latest).toBeLessThan(60_000);
    await here.varvel('profiles', 'list');
  }
  over = true;
  await watching;
  figure(0, 'programs with a temporary key, killed at random', {
    'programs killed': killed,
    'temporary keys created': seen.size,
    'left by the kills': left.length,
    'seconds that one outlived its time, at most': Math.ceil(longestMs / 1000),
  });
  expect(longestMs).toBeLessThan(60_000);
  expect(seen.size).toBeGreaterThan(0);
});
