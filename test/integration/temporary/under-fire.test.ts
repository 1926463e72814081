import { expect, test } from 'vitest';
import { type Machine, newMachine } from '../cli/machine.ts';
import { ask } from '../sandbox/running.ts';
import { sleep, temporaryAtFal } from './temporary.ts';

/** How many kills: few in CI, thousands in a long run. */
const kills = Number(process.env.VARVEL_KILLS ?? 10);
/** How many programs at a time. */
const width = 4;

const machine = newMachine({ signedIn: ['ada'] });

/** One program with a temporary key, killed at a random moment. @returns whether the kill came before its end */
async function killOne(here: Machine, random: () => number): Promise<boolean> {
  const dice = random();
  if (dice < 0.15)
    await here.control('faults', { target: 'grpc', kind: 'drop', after: dice < 0.1, times: 1 });
  const args =
    random() < 0.7
      ? ['run', '--temporary', '--ttl', '3s', '--', 'sleep', String(random())]
      : ['keys', 'create', 'demo', '--ttl', '3s'];
  const running = here.start({}, ...args);
  const timer = setTimeout(() => running.process.kill('SIGKILL'), 50 + random() * 1200);
  const { signal } = await running.ended;
  clearTimeout(timer);
  return signal === 'SIGKILL';
}

test(`killed ${kills} times at random: a minute after their time, and once any Varvel has run, no temporary key is alive`, {
  timeout: 120_000 + kills * 5000,
}, async () => {
  const here = machine();
  const before = (await temporaryAtFal(here.sandbox)).length;
  let killed = 0;
  let created = 0;
  let latest = 0;
  await Promise.all(
    Array.from({ length: width }, async () => {
      while (killed < kills) {
        if (await killOne(here, Math.random)) killed += 1;
        for (const { until } of await temporaryAtFal(here.sandbox)) latest = Math.max(latest, until);
        created += 1;
      }
    }),
  );
  await ask(`${here.sandbox.control}/faults`, { method: 'DELETE' });
  const left = (await temporaryAtFal(here.sandbox)).length;
  await sleep(Math.max(latest - Date.now(), 0));
  const begun = Date.now();
  // any Varvel: this one asks for no list
  for (let runs = 0; ; runs++) {
    await here.varvel('profiles', 'list');
    const alive = await temporaryAtFal(here.sandbox);
    if (process.env.VARVEL_KILLS) console.log({ runs, alive: alive.length, ms: Date.now() - begun });
    if (alive.length === 0) break;
    expect({ alive, late: Date.now() - latest < 60_000 }).toMatchObject({ late: true });
    await sleep(1000);
  }
  if (process.env.VARVEL_KILLS) console.log({ killed, programs: created, left, before });
  // nothing else was revoked
  expect((await here.varvel('keys', 'list')).code).toBe(0);
});
