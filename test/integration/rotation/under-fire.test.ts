import { chmod, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import * as z from 'zod/mini';
import { attackRounds, figure } from '../../attacks/figures.ts';
import { keysList, madeKey } from '../cli/contract.ts';
import { recordingGithub } from '../cli/github-program.ts';
import { type Machine, newMachine } from '../cli/machine.ts';
import { ask, keysOf } from '../sandbox/running.ts';

/** How many kills: few in CI, thousands in a long run. */
const kills = Number(process.env.VARVEL_KILLS ?? 6 * attackRounds);

const machine = newMachine({ signedIn: ['ada'], vault: 'file' });

const step = z.object({ step: z.string(), direction: z.string() });

/** A program that reads its key where it stands, and calls fal with it, again and again. */
function consumer(here: Machine, name: string, read: () => Promise<string>) {
  const failures: string[] = [];
  let calls = 0;
  let over = false;
  const platform = here.sandbox.environment.platformUrl;
  const going = (async () => {
    while (!over) {
      const key = await read();
      const url = `${platform}/models/pricing?endpoint_id=fal-ai/flux/schnell`;
      const { status } = await ask(url, { headers: { authorization: `Key ${key}` } });
      calls += 1;
      if (status !== 200) failures.push(`${name}: ${status} with ${key.slice(0, 8)}`);
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  })();
  return {
    async end() {
      over = true;
      await going;
      return { calls, failures };
    },
  };
}

const match = (text: string, pattern: RegExp): string => text.match(pattern)?.[1] ?? `no key in ${text}`;

/** Faults that are gone before the next round. */
async function breakSomething(
  here: Machine,
  dice: number,
  env: string,
  gh: Awaited<ReturnType<typeof recordingGithub>>,
): Promise<() => Promise<unknown>> {
  const fault = (target: string, more: object) => here.control('faults', { target, times: 1, ...more });
  switch (dice % 9) {
    case 0:
      await fault('grpc', { kind: 'drop', after: true });
      break;
    case 1:
      await fault('grpc', { kind: 'drop' });
      break;
    case 2:
      await fault('grpc', { kind: 'slow', delay_ms: 400 });
      break;
    case 3:
      await fault('rest', { kind: 'status', status: 503 });
      break;
    case 4:
      await chmod(env, 0o400);
      return () => chmod(env, 0o600);
    case 5: {
      // the vault can be neither read nor written
      const items = join(here.data, 'vault', 'items');
      await rename(items, `${items}.away`);
      await writeFile(items, '');
      return async () => {
        await rm(items, { recursive: true });
        await rename(`${items}.away`, items);
      };
    }
    case 6:
      await gh.ends(1, 'error connecting to api.github.com');
      return gh.works;
  }
  return async () => undefined;
}

/** The same numbers for the same seed, so that a failure can be repeated. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff;
    return state / 0x7fffffff;
  };
}

test(`killed ${kills} times at random, under faults of network, vault and disk: no call fails, no key is lost, and undo restores every byte`, {
  timeout: 120_000 + kills * 12_000,
}, async () => {
  const here = machine();
  const seed = Number(process.env.VARVEL_SEED ?? Date.now() & 0x7fffffff);
  const random = seeded(seed);
  const file = (name: string) => join(here.root, 'home', name);
  const [env, json, config] = [file('.env'), file('app.json'), file('.fal/config.toml')];
  const original = '# mine\r\nPORT=1 \r\n\r\nexport X="y"';
  await writeFile(env, original);
  const gh = await recordingGithub(here.root);
  here.env.PATH = `${gh.folder}:${here.env.PATH}`;
  await here.json(madeKey, 'keys', 'create', 'bots', '--profile', 'staging');
  for (const path of [env, json]) await here.varvel('export', path, '-p', 'staging');
  await here.varvel('export', '--to', 'github', 'acme/shop', '-p', 'staging');
  await here.varvel('switch', 'staging');
  await here.varvel('falcli', 'apply', '--with-key');
  const inFile = async () => match(await readFile(env, 'utf8'), /FAL_KEY=(\S+)/);
  const { keys: before } = await here.json(keysList, 'keys', 'list');

  const consumers = [
    consumer(here, '.env', inFile),
    consumer(here, 'app.json', async () => match(await readFile(json, 'utf8'), /"FAL_KEY": "([^"]+)"/)),
    consumer(here, 'GitHub', gh.held),
    consumer(here, 'config.toml', async () => match(await readFile(config, 'utf8'), /key = "([^"]+)"/)),
  ];
  let killed = 0;
  let faults = 0;
  while (killed < kills) {
    // whatever it is, one of these is refused in words, and the others do something
    const dice = random();
    const back = ['--abort', '--grace', '2s', '--yes'];
    const args = dice < 0.35 ? ['--grace', '2s', '--yes'] : dice < 0.6 ? back : ['--resume'];
    const fault = Math.floor(random() * 9);
    if (fault < 7) faults += 1;
    const mend = await breakSomething(here, fault, env, gh);
    const running = here.start({}, 'keys', 'rotate', 'staging', ...args);
    const timer = setTimeout(() => running.process.kill('SIGKILL'), 150 + random() * 1500);
    const { signal } = await running.ended;
    clearTimeout(timer);
    if (signal === 'SIGKILL') killed += 1;
    await mend();
    await ask(`${here.sandbox.control}/faults`, { method: 'DELETE' });
    // two at once: one works, or they go on one after the other
    if (random() < 0.2) await Promise.all([here.varvel('profiles', 'list'), here.varvel('keys', 'list')]);
  }

  // whatever is left can be finished
  for (let tries = 0; ; tries++) {
    const ended = await here.varvel('keys', 'rotate', 'staging', '--resume', '--json');
    if (ended.code === 4) break;
    expect({ seed, ended, tries }).toMatchObject({ ended: { code: 0 } });
    expect({ seed, tries: tries < 20 }).toEqual({ seed, tries: true });
    if (step.parse(JSON.parse(ended.stdout)).step === 'wait')
      await new Promise((resolve) => setTimeout(resolve, 1000));
  }
  const ended = await Promise.all(consumers.map((one) => one.end()));
  const failures = ended.flatMap((one) => one.failures);
  // as many keys at fal as before, and each is here or was there before
  const { keys: after } = await here.json(keysList, 'keys', 'list');
  const ours = (list: typeof after) => list.filter(({ alias }) => alias?.startsWith('bots'));
  expect({ seed, ours: ours(after) }).toMatchObject({
    ours: [{ stored: true, remote: true, profiles: ['staging'] }],
  });
  expect(after).toHaveLength(before.length);
  figure(0, 'rotation under fire', {
    kills: killed,
    'faults of network, vault, disk and GitHub': faults,
    'calls of consumers': ended.reduce((sum, { calls }) => sum + calls, 0),
    'failed calls': failures.length,
    'orphaned keys': after.length - before.length,
  });
  expect({ seed, failures }).toEqual({ seed, failures: [] });
  for (const { calls } of ended) expect(calls).toBeGreaterThan(kills);
  const atFal = (await keysOf(here.sandbox)).filter(({ alias }) => alias.startsWith('bots'));
  expect(atFal.map(({ key }) => key)).toEqual([await inFile()]);
  const inVault = await here.varvel('doctor', '--offline');
  expect(inVault.stdout).not.toMatch(/Recovered|not in this vault/);

  for (const path of [env, json])
    expect(await here.varvel('export', path, '--undo')).toMatchObject({ code: 0 });
  expect(await readFile(env, 'utf8')).toBe(original);
  await expect(readFile(json)).rejects.toMatchObject({ code: 'ENOENT' });
  expect(await here.varvel('falcli', 'undo')).toMatchObject({ code: 0 });
  await expect(readFile(config)).rejects.toMatchObject({ code: 'ENOENT' });
});
