import type { KeyDecision, KeyPlace } from '../model/which.ts';
import type { FalFacts, FoundKey } from './facts.ts';

/** A place and whether it decides; the first that does wins. */
export interface PlaceCheck {
  source: KeyPlace;
  value: string | null;
  /** Null: it decides nothing, go on. `nothing`: it decides that there is no key. */
  decides: null | { keyId: string | null; profile?: string | null };
  /** Why it decides, or why it doesn't. */
  reason: string;
}

/** Lines the candidates up: the first that decides wins, and what stands below it says so. */
export function decide(candidates: PlaceCheck[]): KeyDecision {
  const index = candidates.findIndex(({ decides }) => decides !== null);
  const winner = candidates[index];
  return {
    winner: {
      source: winner?.source ?? null,
      profile: winner?.decides?.profile ?? null,
      keyId: winner?.decides?.keyId ?? null,
    },
    chain: candidates.map(({ source, value, decides, reason }, place) => ({
      source,
      value,
      wins: place === index,
      reason: winner && place > index && decides !== null ? `${winner.source} comes first.` : reason,
    })),
  };
}

const textOf = (key: FoundKey): string | null => (key.kind === 'key' ? key.id : null);

/** The order of fal's CLI: fal-ai/fal, projects/fal, as /docs/fal-cli.md tells. */
export const falCliCandidates = (facts: FalFacts): PlaceCheck[] => [
  force(facts),
  ...unlessForced(facts, [variable(facts.falKey), ...falProfiles(facts), colab(facts), pair(facts)]),
  signIn(facts),
];

/** The order of fal_client for Python, which knows no profiles: fal-ai/fal, projects/fal_client. */
export const pythonCandidates = (facts: FalFacts): PlaceCheck[] => [
  force(facts),
  ...unlessForced(facts, [variable(facts.falKey), pair(facts), colab(facts)]),
  signIn({ ...facts, config: { ...facts.config, team: null } }),
];

/** The order of @fal-ai/client for JavaScript: a FAL_KEY that is empty counts, and there is no sign-in. */
export const javascriptCandidates = ({ falKey, pair: both }: FalFacts): PlaceCheck[] => [
  falKey.kind === 'empty'
    ? {
        source: 'FAL_KEY',
        value: null,
        decides: { keyId: null },
        reason: 'It is set to nothing, which this client takes for the key: it has none.',
      }
    : variable(falKey),
  pair({ pair: both }),
];

function force({ forceUser }: FalFacts): PlaceCheck {
  return {
    source: 'FAL_FORCE_AUTH_BY_USER',
    value: forceUser ? '1' : null,
    decides: null,
    reason: forceUser ? 'No key counts: the sign-in is used.' : 'Not set to 1.',
  };
}

const unlessForced = ({ forceUser }: FalFacts, candidates: PlaceCheck[]): PlaceCheck[] =>
  forceUser
    ? candidates.map((candidate) =>
        candidate.decides
          ? { ...candidate, decides: null, reason: 'FAL_FORCE_AUTH_BY_USER=1 leaves every key out.' }
          : candidate,
      )
    : candidates;

function variable(key: FoundKey): PlaceCheck {
  const source = 'FAL_KEY';
  switch (key.kind) {
    case 'none':
      return { source, value: null, decides: null, reason: 'Not set.' };
    case 'empty':
      return { source, value: null, decides: null, reason: 'Set to nothing.' };
    case 'malformed':
      return {
        source,
        value: null,
        decides: { keyId: null },
        reason: 'Set, but it is no key: calls will fail.',
      };
    case 'key':
      return { source, value: key.id, decides: { keyId: key.id }, reason: 'Set in this shell.' };
  }
}

/** The three that name a profile: the first that is given counts, and it alone. */
function falProfiles({ profileArgument, profileVariable, config }: FalFacts): PlaceCheck[] {
  const given: [KeyPlace, string | null][] = [
    ['fal --profile', profileArgument],
    ['FAL_PROFILE', profileVariable],
    ['__internal__.profile', config.profile],
  ];
  const chosen = given.findIndex(([, name]) => name !== null && name !== '');
  return given.map(([source, name], index): PlaceCheck => {
    if (!name) {
      const why = source === '__internal__.profile' && config.problem ? config.problem : 'Names no profile.';
      return { source, value: null, decides: null, reason: why };
    }
    if (index !== chosen)
      return { source, value: name, decides: null, reason: `${given[chosen]?.[0]} comes first.` };
    const profile = config.profiles.find((known) => known.name === name);
    if (!profile) {
      return {
        source,
        value: name,
        decides: null,
        reason: 'fal’s CLI has no such profile; without a word it takes none.',
      };
    }
    switch (profile.key.kind) {
      case 'key':
        return {
          source,
          value: name,
          decides: { keyId: profile.key.id, profile: null },
          reason: `That profile of fal’s CLI holds key ${textOf(profile.key)}.`,
        };
      case 'malformed':
        return {
          source,
          value: name,
          decides: { keyId: null },
          reason: 'That profile’s key is no key: calls will fail.',
        };
      default:
        return { source, value: name, decides: null, reason: 'That profile of fal’s CLI holds no key.' };
    }
  });
}

const colab = ({ colab: inside }: FalFacts): PlaceCheck => ({
  source: 'Colab',
  value: null,
  decides: inside ? { keyId: null } : null,
  reason: inside
    ? 'The notebook’s secret FAL_KEY, if it has one; it can’t be seen from here.'
    : 'Not in Google Colab.',
});

function pair({ pair: both }: Pick<FalFacts, 'pair'>): PlaceCheck {
  const source = 'FAL_KEY_ID + FAL_KEY_SECRET';
  switch (both.kind) {
    case 'none':
      return { source, value: null, decides: null, reason: 'Not set.' };
    case 'half':
      return { source, value: null, decides: null, reason: `Only ${both.half} is set; it takes both.` };
    case 'empty':
      return { source, value: null, decides: null, reason: 'Set to nothing.' };
    case 'key':
      return { source, value: both.id, decides: { keyId: both.id }, reason: 'Both are set in this shell.' };
  }
}

const signIn = ({ signedIn, config: { team } }: FalFacts): PlaceCheck => ({
  source: 'fal sign-in',
  value: team,
  decides: signedIn ? { keyId: null } : null,
  reason: signedIn
    ? team === null
      ? 'The sign-in of fal’s CLI, as its personal account.'
      : `The sign-in of fal’s CLI, acting for ${team}.`
    : 'fal’s CLI is not signed in.',
});
