import type { KeyDecision, KeyPlace } from '../model/which.ts';
import type { FalFacts, FoundKey } from './facts.ts';

/** A place and whether it decides. The first that decides wins. */
export interface PlaceCheck {
  source: KeyPlace;
  value: string | null;
  /** Null: it doesn't decide, continue. A null `keyId`: it decides that there is no key. */
  decides: null | { keyId: string | null; profile?: string | null };
  /** Why it decides, or doesn't. */
  reason: string;
}

/** Finds the first candidate that decides. Those below it say so. */
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

/** The fal CLI's order: fal-ai/fal, projects/fal; see docs/fal-cli.md. */
export const falCliCandidates = (facts: FalFacts): PlaceCheck[] => [
  force(facts),
  ...unlessForced(facts, [variable(facts.falKey), ...falProfiles(facts), colab(facts), pair(facts)]),
  signIn(facts),
];

/** The order of fal_client for Python, which has no profiles: fal-ai/fal, projects/fal_client. */
export const pythonCandidates = (facts: FalFacts): PlaceCheck[] => [
  force(facts),
  ...unlessForced(facts, [variable(facts.falKey), pair(facts), colab(facts)]),
  signIn({ ...facts, config: { ...facts.config, team: null } }),
];

/** The order of @fal-ai/client for JavaScript: an empty FAL_KEY counts, and there is no sign-in. */
export const javascriptCandidates = ({ falKey, pair: both }: FalFacts): PlaceCheck[] => [
  falKey.kind === 'empty'
    ? {
        source: 'FAL_KEY',
        value: null,
        decides: { keyId: null },
        reason: 'Set, but empty. This client uses it, so it has no key.',
      }
    : variable(falKey),
  pair({ pair: both }),
];

function force({ forceUser }: FalFacts): PlaceCheck {
  return {
    source: 'FAL_FORCE_AUTH_BY_USER',
    value: forceUser ? '1' : null,
    decides: null,
    reason: forceUser ? 'Keys are ignored: the sign-in is used.' : 'Not set to 1.',
  };
}

const unlessForced = ({ forceUser }: FalFacts, candidates: PlaceCheck[]): PlaceCheck[] =>
  forceUser
    ? candidates.map((candidate) =>
        candidate.decides
          ? { ...candidate, decides: null, reason: 'Ignored because of FAL_FORCE_AUTH_BY_USER=1.' }
          : candidate,
      )
    : candidates;

function variable(key: FoundKey): PlaceCheck {
  const source = 'FAL_KEY';
  switch (key.kind) {
    case 'none':
      return { source, value: null, decides: null, reason: 'Not set.' };
    case 'empty':
      return { source, value: null, decides: null, reason: 'Set, but empty.' };
    case 'malformed':
      return {
        source,
        value: null,
        decides: { keyId: null },
        reason: 'Set, but not a valid key: calls will fail.',
      };
    case 'key':
      return { source, value: key.id, decides: { keyId: key.id }, reason: 'Set in this shell.' };
  }
}

/** Three places name a profile. Only the first one that is set counts. */
function falProfiles({ profileArgument, profileVariable, config }: FalFacts): PlaceCheck[] {
  const given: [KeyPlace, string | null][] = [
    ['fal --profile', profileArgument],
    ['FAL_PROFILE', profileVariable],
    ['__internal__.profile', config.profile],
  ];
  const chosen = given.findIndex(([, name]) => name !== null && name !== '');
  return given.map(([source, name], index): PlaceCheck => {
    if (!name) {
      const why = source === '__internal__.profile' && config.problem ? config.problem : 'Not set.';
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
        reason: 'The fal CLI doesn’t have that profile, and silently uses none.',
      };
    }
    switch (profile.key.kind) {
      case 'key':
        return {
          source,
          value: name,
          decides: { keyId: profile.key.id, profile: null },
          reason: `The fal CLI’s profile has key ${textOf(profile.key)}.`,
        };
      case 'malformed':
        return {
          source,
          value: name,
          decides: { keyId: null },
          reason: 'The fal CLI’s profile has an invalid key: calls will fail.',
        };
      default:
        return { source, value: name, decides: null, reason: 'The fal CLI’s profile has no key.' };
    }
  });
}

const colab = ({ colab: inside }: FalFacts): PlaceCheck => ({
  source: 'Colab',
  value: null,
  decides: inside ? { keyId: null } : null,
  reason: inside
    ? 'The notebook’s secret FAL_KEY, if it has one. Varvel can’t read it.'
    : 'Not in Google Colab.',
});

function pair({ pair: both }: Pick<FalFacts, 'pair'>): PlaceCheck {
  const source = 'FAL_KEY_ID + FAL_KEY_SECRET';
  switch (both.kind) {
    case 'none':
      return { source, value: null, decides: null, reason: 'Not set.' };
    case 'half':
      return { source, value: null, decides: null, reason: `Only ${both.half} is set. Both are needed.` };
    case 'empty':
      return { source, value: null, decides: null, reason: 'Set, but empty.' };
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
      ? 'The fal CLI’s sign-in, with its personal account.'
      : `The fal CLI’s sign-in, acting for ${team}.`
    : 'The fal CLI is not signed in.',
});
