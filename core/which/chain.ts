import { withoutSecrets } from '../model/fal/key.ts';
import type { KeyDecision, KeyPlace } from '../model/machine/which.ts';
import type { FalFacts, FoundKey } from './facts.ts';

/** A place and whether it decides. The first that decides wins. */
export interface PlaceCheck {
  source: KeyPlace;
  value: string | null;
  /** Null: it doesn't decide, continue. A null `keyId`: it decides that there is no key. */
  decides: null | { keyId: string | null; profile?: string | null };
  /** Why it decides, or doesn't. */
  reason: string;
  /** It ends the fal CLI's search for a key. */
  isWithoutColon?: true;
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
      // a profile's name, for example: a key may stand there by mistake
      value: value === null ? null : withoutSecrets(value),
      wins: place === index,
      reason: winner && place > index && decides !== null ? `${nameOf(winner)} comes first.` : reason,
    })),
  };
}

const nameOf = ({ source }: PlaceCheck): string =>
  source === 'start-up file' ? 'The start-up file' : source;

const textOf = (key: FoundKey): string | null => (key.kind === 'key' ? key.id : null);

/** The fal CLI's order: fal-ai/fal, projects/fal; see docs/fal-cli.md. It reads its file before all else. */
export const falCliCandidates = (facts: FalFacts): PlaceCheck[] => [
  ...brokenConfig(facts),
  ...keyOrder(facts),
];

/** The fal CLI's order once it has read its file. */
export const keyOrder = (facts: FalFacts): PlaceCheck[] => [
  force(facts),
  ...unlessForced(
    facts,
    untilWithoutColon([
      variable(facts, 'fal'),
      ...startUpFiles(facts),
      ...falProfiles(facts),
      colab(facts),
      pair(facts, 'fal'),
    ]),
  ),
  ...projectTeams(facts),
  signIn(facts),
];

/** The order of fal_client for Python, which has no profiles: fal-ai/fal, projects/fal_client. */
export const pythonCandidates = (facts: FalFacts): PlaceCheck[] => [
  force(facts),
  ...unlessForced(facts, [
    variable(facts, 'python'),
    ...startUpFiles(facts),
    pair(facts, 'python'),
    colab(facts),
  ]),
  signIn({ ...facts, config: { ...facts.config, team: null } }),
];

/** The order of @fal-ai/client for JavaScript: an empty FAL_KEY counts, and there is no sign-in. */
export const javascriptCandidates = (facts: FalFacts): PlaceCheck[] => [
  variable(facts, 'javascript'),
  ...startUpFiles(facts),
  pair(facts, 'javascript'),
];

type Tool = 'fal' | 'python' | 'javascript';

/** Without a file that it can read, the fal CLI doesn't start. */
const brokenConfig = ({ config: { path, problem } }: FalFacts): PlaceCheck[] =>
  problem === null
    ? []
    : [
        {
          source: 'config.toml',
          value: path,
          decides: { keyId: null },
          reason: `${problem} Every command of the fal CLI fails.`,
        },
      ];

/** A key without a colon ends the fal CLI's search for one: it goes to its sign-in. */
function untilWithoutColon(candidates: PlaceCheck[]): PlaceCheck[] {
  const end = candidates.findIndex(({ decides, isWithoutColon }) => isWithoutColon || decides !== null);
  return candidates.map((candidate, place) =>
    candidates[end]?.isWithoutColon && place > end && candidate.decides
      ? {
          ...candidate,
          decides: null,
          reason: `Not tried after ${candidates[end].source}, which has no colon.`,
        }
      : candidate,
  );
}

function force({ forceUser }: FalFacts): PlaceCheck {
  return {
    source: 'FAL_FORCE_AUTH_BY_USER',
    value: forceUser ? '1' : null,
    decides: null,
    reason: forceUser ? 'Keys are ignored: the sign-in is used.' : 'Not set to 1.',
  };
}

/** The fal CLI doesn't try a FAL_KEY without a colon; the clients send it. */
const withoutColon = (tool: Tool, { hasColon }: { hasColon: boolean }): PlaceCheck | null =>
  tool === 'fal' && !hasColon
    ? {
        source: 'FAL_KEY',
        value: null,
        decides: null,
        isWithoutColon: true,
        reason: 'Set, but without a colon, so the fal CLI uses its sign-in.',
      }
    : null;

const unlessForced = ({ forceUser }: FalFacts, candidates: PlaceCheck[]): PlaceCheck[] =>
  forceUser
    ? candidates.map((candidate) =>
        candidate.decides
          ? { ...candidate, decides: null, reason: 'Ignored because of FAL_FORCE_AUTH_BY_USER=1.' }
          : candidate,
      )
    : candidates;

function variable({ falKey: key, startUp }: FalFacts, tool: Tool): PlaceCheck {
  const source = 'FAL_KEY';
  switch (key.kind) {
    case 'none':
      return { source, value: null, decides: null, reason: 'Not set.' };
    case 'empty':
      return tool === 'javascript'
        ? {
            source,
            value: null,
            decides: { keyId: null },
            reason: 'Set, but empty. This client uses it, so it has no key.',
          }
        : { source, value: null, decides: null, reason: 'Set, but empty.' };
    case 'malformed':
      return (
        withoutColon(tool, key) ?? {
          source,
          value: null,
          decides: { keyId: null },
          reason: 'Set, but not a valid key: calls will fail.',
        }
      );
    case 'key': {
      const by = startUp.find(({ keyId }) => keyId === key.id);
      const reason = by ? `Set in this shell, as ${by.place} does.` : 'Set in this shell.';
      return { source, value: key.id, decides: { keyId: key.id }, reason };
    }
  }
}

/** What start-up files set: it is in new shells, and counts there as set by hand. */
const startUpFiles = ({ falKey, startUp }: FalFacts): PlaceCheck[] =>
  startUp.map(({ place, keyId, shells, decides }) => ({
    source: 'start-up file',
    value: place,
    decides: decides && falKey.kind === 'none' ? { keyId } : null,
    reason: `Sets FAL_KEY in new ${shells.length > 0 ? `${shells.join(' and ')} shells` : 'sessions'}.`,
  }));

/** Two places name a profile. Only the first one that is set counts. */
function falProfiles({ profileVariable, config }: FalFacts): PlaceCheck[] {
  const given: [KeyPlace, string | null][] = [
    ['FAL_PROFILE', profileVariable],
    ['__internal__.profile', config.profile],
  ];
  const chosen = given.findIndex(([, name]) => name !== null && name !== '');
  return given.map(([source, name], index): PlaceCheck => {
    if (!name) {
      return { source, value: null, decides: null, reason: 'Not set.' };
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
        return profile.key.hasColon
          ? {
              source,
              value: name,
              decides: { keyId: null },
              reason: 'The fal CLI’s profile has an invalid key: calls will fail.',
            }
          : {
              source,
              value: name,
              decides: null,
              isWithoutColon: true,
              reason: 'The fal CLI’s profile has a key without a colon, so the CLI uses its sign-in.',
            };
      default:
        return { source, value: name, decides: null, reason: 'The fal CLI’s profile has no key.' };
    }
  });
}

/** Source: is_google_colab in fal-ai/fal. A program that a notebook starts is not inside it. */
const colab = ({ colab: inside }: FalFacts): PlaceCheck => ({
  source: 'Colab',
  value: null,
  decides: null,
  reason: inside
    ? 'The notebook’s secret FAL_KEY counts in its cells only, not for programs started from it.'
    : 'Not in Google Colab.',
});

/** The fal CLI takes both as they are, Python wants two that aren't empty, JavaScript an id that isn't. */
function pair({ pair: { id, secret } }: FalFacts, tool: Tool): PlaceCheck {
  const source = 'FAL_KEY_ID + FAL_KEY_SECRET';
  if (id === null && secret === null) return { source, value: null, decides: null, reason: 'Not set.' };
  if (id === null || secret === null) {
    const half = id === null ? 'FAL_KEY_SECRET' : 'FAL_KEY_ID';
    return { source, value: null, decides: null, reason: `Only ${half} is set. Both are needed.` };
  }
  if (id !== '' && secret === 'set') {
    return { source, value: id, decides: { keyId: id }, reason: 'Both are set in this shell.' };
  }
  const counts = tool === 'fal' || (tool === 'javascript' && id !== '');
  return counts
    ? {
        source,
        value: id || null,
        decides: { keyId: null },
        reason: 'Both are set, but not to a key. They are used all the same: calls will fail.',
      }
    : { source, value: null, decides: null, reason: 'Set, but empty.' };
}

/** `team` in a project's pyproject.toml, which beats the one in fal's file. Source: fal-ai/fal, cli/run.py and deploy.py. */
const projectTeams = ({ project }: FalFacts): PlaceCheck[] =>
  project === null
    ? []
    : [
        {
          source: 'pyproject.toml',
          value: project.path,
          decides: null,
          reason: project.teams
            .map(
              ({ app, team }) =>
                `Without a key, \`fal run ${app}\` and \`fal deploy ${app}\` act for ${team}.`,
            )
            .join(' '),
        },
      ];

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
