import { expect, test } from 'vitest';
import type { KeyPlace } from '../../../core/model/which.ts';
import type { FalFacts, FoundKey, OurFacts } from '../../../core/which/facts.ts';
import { explain } from '../../../core/which/which.ts';

// The rules of fal's documents and sources (docs/fal.md, docs/fal-cli.md) once more, by themselves: a table of steps,
// not the code under test. Each step answers with the key it ends at, `none` for an end without one, or goes on.

type Answer = { source: KeyPlace; key: string | null } | 'go on';
type Rule = (facts: FalFacts) => Answer;

const keyOf = (key: FoundKey, source: KeyPlace): Answer =>
  key.kind === 'key' ? { source, key: key.id } : key.kind === 'malformed' ? { source, key: null } : 'go on';

const falKey: Rule = (facts) => keyOf(facts.falKey, 'FAL_KEY');
const pair: Rule = ({ pair: both }) =>
  both.kind === 'key' ? { source: 'FAL_KEY_ID + FAL_KEY_SECRET', key: both.id } : 'go on';
const colab: Rule = (facts) => (facts.colab ? { source: 'Colab', key: null } : 'go on');
const signIn: Rule = (facts) => (facts.signedIn ? { source: 'fal sign-in', key: null } : 'go on');
const profile: Rule = ({ profileArgument, profileVariable, config }) => {
  const source: KeyPlace = profileArgument
    ? 'fal --profile'
    : profileVariable
      ? 'FAL_PROFILE'
      : '__internal__.profile';
  const name = profileArgument || profileVariable || config.profile;
  const found = config.profiles.find((each) => each.name === name);
  return found ? keyOf(found.key, source) : 'go on';
};

const rules = {
  fal: [falKey, profile, colab, pair, signIn],
  fal_client: [falKey, pair, colab, signIn],
  '@fal-ai/client': [falKey, pair],
} as const;

function documented(
  tool: keyof typeof rules,
  facts: FalFacts,
): { source: KeyPlace | null; key: string | null } {
  if (tool === '@fal-ai/client' && facts.falKey.kind === 'empty') return { source: 'FAL_KEY', key: null };
  const forced = facts.forceUser && tool !== '@fal-ai/client';
  for (const rule of forced ? [signIn] : rules[tool]) {
    const answer = rule(facts);
    if (answer !== 'go on') return answer;
  }
  return { source: null, key: null };
}

const keys: FoundKey[] = [
  { kind: 'none' },
  { kind: 'empty' },
  { kind: 'malformed' },
  { kind: 'key', id: 'by-variable' },
];
const pairs: FalFacts['pair'][] = [
  { kind: 'none' },
  { kind: 'half', half: 'FAL_KEY_ID' },
  { kind: 'empty' },
  { kind: 'key', id: 'by-pair' },
];
const names = [null, '', 'with', 'without', 'broken', 'missing'];
const profiles: FalFacts['config']['profiles'] = [
  { name: 'with', key: { kind: 'key', id: 'by-profile' } },
  { name: 'without', key: { kind: 'none' } },
  { name: 'broken', key: { kind: 'malformed' } },
];

function* everyFal(): Generator<FalFacts> {
  for (const forceUser of [false, true])
    for (const key of keys)
      for (const both of pairs)
        for (const inColab of [false, true])
          for (const profileArgument of names)
            for (const profileVariable of names)
              for (const inFile of names)
                for (const signedIn of [false, true])
                  yield {
                    forceUser,
                    falKey: key,
                    pair: both,
                    colab: inColab,
                    profileArgument,
                    profileVariable,
                    config: { path: '/c', problem: null, profile: inFile, team: null, profiles },
                    signedIn,
                  };
}

const nothing: OurFacts = { argument: null, variable: null, pin: { kind: 'none' }, current: null };

test('for each of fal’s tools it agrees with fal’s documents in every combination of their sources', () => {
  let count = 0;
  for (const facts of everyFal()) {
    const { tools } = explain(nothing, facts, { profiles: [] });
    for (const tool of ['fal', 'fal_client', '@fal-ai/client'] as const) {
      const { winner, chain } = tools[tool];
      const expected = documented(tool, facts);
      if (winner.source !== expected.source || winner.keyId !== expected.key) {
        expect({ tool, facts, winner }).toEqual({ tool, facts, winner: expected });
      }
      const winning = chain.filter(({ wins }) => wins).map(({ source }) => source);
      if (winning.join() !== (expected.source ?? '')) expect({ facts, winning }).toEqual(expected.source);
    }
    count += 1;
  }
  expect(count).toBe(2 * 4 * 4 * 2 * 6 ** 3 * 2);
});

const calm: FalFacts = {
  forceUser: false,
  falKey: { kind: 'none' },
  pair: { kind: 'none' },
  colab: false,
  profileArgument: null,
  profileVariable: null,
  config: { path: '/c', problem: null, profile: null, team: null, profiles },
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
  expect(advice({ falKey: key('key-a'), pair: { kind: 'key', id: 'x' } })).toEqual([
    expect.stringMatching(/contradict/),
  ]);
  expect(advice({ falKey: key('key-a'), profileVariable: 'missing' })).toEqual([
    expect.stringMatching(/“missing”/),
  ]);
});
