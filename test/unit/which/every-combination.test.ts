import { expect, test } from 'vitest';
import type { KeyPlace } from '../../../core/model/machine/which.ts';
import type { Files } from '../../../core/ports.ts';
import { collectFacts } from '../../../core/which/collect.ts';
import type { FalFacts, FoundKey, OurFacts } from '../../../core/which/facts.ts';
import { explain } from '../../../core/which/which.ts';

// The rules of fal's own sources once more, by themselves: from the variables and the file of a process to the credential
// that each tool sends. Read from fal-ai/fal (projects/fal: auth/__init__.py, config.py; projects/fal_client: auth.py) and
// fal-ai/fal-js (libs/client: config.ts).

interface Process {
  env: Record<string, string | undefined>;
  /** The profiles' keys, and the one in use, in config.toml; null for a file that tomli refuses. */
  config: { keys: Record<string, string | null>; profile: string | null } | null;
  signedIn: boolean;
}
/** Null: there is no credential. `raw` is what follows “Key ” in a header. */
type Sent = { source: KeyPlace; raw: string } | { source: KeyPlace; raw: null } | null;

const pairPlace: KeyPlace = 'FAL_KEY_ID + FAL_KEY_SECRET';
const bearer = ({ signedIn }: Process): Sent => (signedIn ? { source: 'fal sign-in', raw: null } : null);

/** key_credentials(), then the sign-in of get_credentials(). */
function falCli(process: Process): Sent {
  const { env, config } = process;
  if (config === null) return { source: 'config.toml', raw: null };
  if (env.FAL_FORCE_AUTH_BY_USER === '1') return bearer(process);
  const checked = (key: string, source: KeyPlace): Sent =>
    key.includes(':') ? { source, raw: key } : bearer(process);
  if (env.FAL_KEY) return checked(env.FAL_KEY, 'FAL_KEY');
  const named = env.FAL_PROFILE || config.profile;
  const key = named && Object.hasOwn(config.keys, named) ? config.keys[named] : null;
  if (key) return checked(key, env.FAL_PROFILE ? 'FAL_PROFILE' : '__internal__.profile');
  if (env.FAL_KEY_ID !== undefined && env.FAL_KEY_SECRET !== undefined)
    return { source: pairPlace, raw: `${env.FAL_KEY_ID}:${env.FAL_KEY_SECRET}` };
  return bearer(process);
}

/** fetch_auth_credentials() */
function falClient(process: Process): Sent {
  const { env } = process;
  if (env.FAL_FORCE_AUTH_BY_USER === '1') return bearer(process);
  if (env.FAL_KEY) return { source: 'FAL_KEY', raw: env.FAL_KEY };
  if (env.FAL_KEY_ID && env.FAL_KEY_SECRET)
    return { source: pairPlace, raw: `${env.FAL_KEY_ID}:${env.FAL_KEY_SECRET}` };
  return bearer(process);
}

/** credentialsFromEnv() */
function javascript({ env }: Process): Sent {
  if (env.FAL_KEY !== undefined) return { source: 'FAL_KEY', raw: env.FAL_KEY };
  return env.FAL_KEY_ID && env.FAL_KEY_SECRET !== undefined
    ? { source: pairPlace, raw: `${env.FAL_KEY_ID}:${env.FAL_KEY_SECRET}` }
    : null;
}

const tools = { fal: falCli, fal_client: falClient, '@fal-ai/client': javascript } as const;

/** The id of a key that fal can know; null for what only looks like one. */
const idOf = (raw: string | null): string | null => raw?.match(/^([^:]+):./)?.[1] ?? null;

const keyTexts = [undefined, '', 'no-colon', 'by-variable:secret', ':secret', 'by-variable:'];
const halves = [undefined, '', 'by-pair'];
const names = [undefined, '', 'with', 'without', 'empty', 'broken', 'half', 'missing', '__internal__'];
const configs: Process['config'][] = [
  null,
  ...names.map((profile) => ({
    profile: profile ?? null,
    keys: { with: 'by-profile:secret', without: null, empty: '', broken: 'no-colon', half: ':secret' },
  })),
];

function* everyProcess(): Generator<Process> {
  for (const FAL_FORCE_AUTH_BY_USER of [undefined, '0', '1'])
    for (const FAL_KEY of keyTexts)
      for (const FAL_KEY_ID of halves)
        for (const FAL_KEY_SECRET of halves)
          for (const COLAB_RELEASE_TAG of [undefined, 'release'])
            for (const FAL_PROFILE of names)
              for (const config of configs)
                for (const signedIn of [false, true])
                  yield {
                    env: {
                      FAL_FORCE_AUTH_BY_USER,
                      FAL_KEY,
                      FAL_KEY_ID,
                      FAL_KEY_SECRET,
                      COLAB_RELEASE_TAG,
                      FAL_PROFILE,
                    },
                    config,
                    signedIn,
                  };
}

function tomlOf(config: Process['config']): string {
  if (config === null) return 'not = = toml';
  const tables = Object.entries(config.keys).map(
    ([name, key]) => `[${name}]\n${key === null ? '' : `key = "${key}"\n`}`,
  );
  return `[__internal__]\n${config.profile === null ? '' : `profile = "${config.profile}"\n`}${tables.join('')}`;
}

const filesWith = (text: string): Files => ({
  read: async (path) => ({
    path,
    bytes: new TextEncoder().encode(text),
    mode: 0o600,
    names: 1,
    mountedAt: null,
  }),
  patch: () => Promise.reject(new Error('which writes nothing')),
  remove: () => Promise.reject(new Error('which writes nothing')),
  isInEmptyFolder: async () => false,
  isUnmounted: async () => false,
  beside: async () => [],
});

const factsOf = ({ env, config, signedIn }: Process): Promise<FalFacts> =>
  collectFacts(
    { variables: env, falProfile: null, startUp: [], shell: 'sh', project: null, signedIn },
    { files: filesWith(tomlOf(config)), falConfigPath: '/c' },
  );

const nothing: OurFacts = { argument: null, variable: null, pin: { kind: 'none' }, current: null };

test('for each of fal’s tools it agrees with fal’s own code in every combination of their sources', async () => {
  let count = 0;
  for (const process of everyProcess()) {
    const found = explain(nothing, await factsOf(process), { profiles: [] }).tools;
    for (const tool of ['fal', 'fal_client', '@fal-ai/client'] as const) {
      const { winner, chain } = found[tool];
      const sent = tools[tool](process);
      const expected = { source: sent?.source ?? null, key: idOf(sent?.raw ?? null) };
      if (winner.source !== expected.source || winner.keyId !== expected.key) {
        expect({ tool, process, winner }).toEqual({ tool, process, winner: expected });
      }
      const winning = chain.filter(({ wins }) => wins).map(({ source }) => source);
      if (winning.join() !== (expected.source ?? '')) expect({ process, winning }).toEqual(expected.source);
    }
    count += 1;
  }
  expect(count).toBe(3 * 6 * 3 * 3 * 2 * 9 * 10 * 2);
}, 60_000);

const calm: FalFacts = {
  forceUser: false,
  falKey: { kind: 'none' },
  startUp: [],
  shell: 'sh',
  pair: { id: null, secret: null },
  colab: false,
  profileVariable: null,
  config: {
    path: '/c',
    problem: null,
    profile: null,
    team: null,
    profiles: [{ name: 'with', key: { kind: 'key', id: 'by-profile' } }],
  },
  project: null,
  signedIn: false,
};
const known = {
  profiles: [
    { name: 'a', keyId: 'key-a' },
    { name: 'b', keyId: 'key-b' },
    { name: 'twin', keyId: 'key-b' },
    { name: 'empty', keyId: null },
  ],
};

test('for our own commands the strongest that is given decides alone, in every combination', () => {
  const given = [null, 'a', 'b', 'empty', 'gone'];
  for (const argument of given)
    for (const variable of [...given, ''])
      for (const pinned of [...given, 'unreadable'])
        for (const current of given) {
          const pin: OurFacts['pin'] =
            pinned === null
              ? { kind: 'none' }
              : pinned === 'unreadable'
                ? { kind: 'unreadable', problem: 'It is a folder.' }
                : { kind: 'pin', profile: pinned, path: '/x/.varvel' };
          const { winner } = explain({ argument, variable, pin, current }, calm, known).varvel;
          const [source, name] =
            argument !== null
              ? ['argument', argument]
              : variable
                ? ['VARVEL_PROFILE', variable]
                : pinned !== null
                  ? ['pin', pinned]
                  : current !== null
                    ? ['current', current]
                    : [null, null];
          const profile = known.profiles.find((each) => each.name === name);
          expect(winner).toEqual({ source, profile: profile?.name ?? null, keyId: profile?.keyId ?? null });
        }
});

test('here, a hand-set key beats Varvel’s choice, which beats what fal’s CLI would fall back to', () => {
  const ours = { ...nothing, current: 'a' };
  const config = { ...calm.config, profile: 'with' };
  const winner = (facts: Partial<FalFacts>, mine: OurFacts = ours) =>
    explain(mine, { ...calm, ...facts }, known).here.winner;
  expect(winner({ config })).toEqual({ source: 'current', profile: 'a', keyId: 'key-a' });
  expect(winner({ config }, nothing)).toEqual({
    source: '__internal__.profile',
    profile: null,
    keyId: 'by-profile',
  });
  expect(winner({ falKey: { kind: 'key', id: 'key-b' } })).toEqual({
    source: 'FAL_KEY',
    profile: 'b',
    keyId: 'key-b',
  });
  expect(winner({ falKey: { kind: 'key', id: 'foreign' } })).toMatchObject({
    profile: null,
    keyId: 'foreign',
  });
  expect(winner({ forceUser: true, signedIn: true })).toEqual({
    source: 'fal sign-in',
    profile: null,
    keyId: null,
  });
  // of two profiles with one key, it is the one in force
  const twin = { ...nothing, current: 'twin' };
  expect(winner({ falKey: { kind: 'key', id: 'key-b' } }, twin)).toMatchObject({ profile: 'twin' });
});

test('it says what to change, and nothing when all is well', () => {
  const advice = (facts: Partial<FalFacts>) =>
    explain({ ...nothing, current: 'a' }, { ...calm, ...facts }, known).advice;
  const key = (id: string): FoundKey => ({ kind: 'key', id });
  expect(advice({ falKey: key('key-a') })).toEqual([]);
  expect(advice({ falKey: key('other') })).toEqual([expect.stringMatching(/overrides a. Unset FAL_KEY/)]);
  expect(advice({ falKey: { kind: 'empty' } })).toEqual([expect.stringMatching(/Unset FAL_KEY/)]);
  expect(advice({ forceUser: true, falKey: key('key-a') })).toEqual([
    expect.stringMatching(/FAL_FORCE_AUTH_BY_USER/),
  ]);
  expect(advice({ falKey: key('key-a'), pair: { id: 'x', secret: 'set' } })).toEqual([
    expect.stringMatching(/contradict/),
  ]);
  expect(advice({ falKey: key('key-a'), profileVariable: 'missing' })).toEqual([
    expect.stringMatching(/“missing”/),
  ]);
});
