import { isSameAccount } from '../falcli/config.ts';
import type { AccountName } from '../model/fal/account.ts';
import type { ToolKey } from '../model/machine/other-tools.ts';
import type { KeyDecision } from '../model/machine/which.ts';
import type { Ports } from '../ports.ts';
import { shells } from '../shells/shells.ts';
import {
  decide,
  falCliCandidates,
  javascriptCandidates,
  keyOrder,
  type PlaceCheck,
  pythonCandidates,
} from './chain.ts';
import { collectFacts, type Surroundings } from './collect.ts';
import type { FalFacts, OurFacts } from './facts.ts';
import { type HostLink, hostChain } from './hosts.ts';

/** The active key of each tool in a shell and a folder, and why. */
export interface Which {
  /** For programs started here with the hook: a key set by hand, else Varvel's choice, else fal's own. */
  here: KeyDecision;
  varvel: KeyDecision;
  tools: { fal: KeyDecision; fal_client: KeyDecision; '@fal-ai/client': KeyDecision };
  /** Likely mistakes, and how to fix them. */
  advice: string[];
}

/** The names of profiles and the ids of their keys. */
export interface Known {
  profiles: { name: string; keyId: string | null; account?: AccountName | null }[];
}

/** Says which key wins, from collected facts only. */
export function explain(ours: OurFacts, fal: FalFacts, known: Known): Which {
  const owner = ownerOf(ours, known);
  const named = (verdict: KeyDecision): KeyDecision => ({
    ...verdict,
    winner: { ...verdict.winner, profile: verdict.winner.profile ?? owner(verdict.winner.keyId) },
    chain: verdict.chain.map((link) => {
      const profile = link.source === 'FAL_KEY' || link.source.includes(' + ') ? owner(link.value) : null;
      return profile === null ? link : { ...link, reason: `${link.reason} It is ${profile}’s key.` };
    }),
  });
  const own = ourCandidates(ours, known);
  // what start-up files and people set comes before Varvel's choice; that FAL_KEY lacks a colon matters to the CLI only
  const all = keyOrder(fal);
  const hand = pythonCandidates(fal).filter(({ source }) => setByHand.some((known) => known === source));
  const forced = own.map(
    (candidate): PlaceCheck => ({
      ...candidate,
      ...(fal.forceUser &&
        candidate.decides && { decides: null, reason: 'Ignored because of FAL_FORCE_AUTH_BY_USER=1.' }),
    }),
  );
  const varvel = decide(own);
  const tools = {
    fal: named(decide(falCliCandidates(fal))),
    fal_client: named(decide(pythonCandidates(fal))),
    '@fal-ai/client': named(decide(javascriptCandidates(fal))),
  };
  return {
    here: named(decide([...hand, ...forced, ...all.slice(hand.length)])),
    varvel,
    tools,
    advice: advise(varvel, tools, fal, known),
  };
}

const setByHand: PlaceCheck['source'][] = ['FAL_FORCE_AUTH_BY_USER', 'FAL_KEY', 'start-up file'];

/** Finds the profile that has a key. If several share it, the active one comes first. */
function ownerOf(ours: OurFacts, { profiles }: Known): (keyId: string | null) => string | null {
  const chosen =
    ours.argument ?? (ours.variable || null) ?? (ours.pin.kind === 'pin' ? ours.pin.profile : ours.current);
  const names = new Map<string, string>();
  for (const { name, keyId } of profiles) {
    if (keyId !== null && (name === chosen || !names.has(keyId))) names.set(keyId, name);
  }
  return (keyId) => (keyId === null ? null : (names.get(keyId) ?? null));
}

/** What `varvel env` and `varvel run` use: only the first one that is set. */
function ourCandidates({ argument, variable, pin, current }: OurFacts, { profiles }: Known): PlaceCheck[] {
  const byName = (source: PlaceCheck['source'], name: string | null, whenMissing: string): PlaceCheck => {
    if (!name) return { source, value: null, decides: null, reason: whenMissing };
    const profile = profiles.find((known) => known.name === name);
    const reason = !profile
      ? 'That profile doesn’t exist: `varvel env` and `varvel run` fail.'
      : profile.keyId === null
        ? 'The profile has no key.'
        : `Its key is ${profile.keyId}.`;
    return {
      source,
      value: name,
      decides: { keyId: profile?.keyId ?? null, profile: profile?.name ?? null },
      reason,
    };
  };
  return [
    byName('argument', argument, 'Not given.'),
    byName('VARVEL_PROFILE', variable, 'Not set.'),
    pin.kind === 'unreadable'
      ? { source: 'pin', value: null, decides: { keyId: null, profile: null }, reason: pin.problem }
      : pin.kind === 'foreign'
        ? {
            source: 'pin',
            value: pin.profile,
            decides: { keyId: null, profile: null },
            reason: `Not followed: ${pin.path} wasn’t made on this computer, and the profile has an ADMIN key.`,
          }
        : pin.kind === 'pin'
          ? withPlace(byName('pin', pin.profile, ''), pin.path)
          : {
              source: 'pin',
              value: null,
              decides: null,
              reason: 'No .varvel file in this folder or above.',
            },
    byName('current', current, 'No current profile.'),
  ];
}

const withPlace = (candidate: PlaceCheck, path: string): PlaceCheck => ({
  ...candidate,
  reason: `${candidate.reason} Pinned in ${path}.`,
});

function advise(varvel: KeyDecision, tools: Which['tools'], fal: FalFacts, { profiles }: Known): string[] {
  const advice: string[] = [];
  const wanted = varvel.winner;
  const name = wanted.profile;
  const cli = tools.fal.winner;
  if (fal.forceUser) {
    advice.push(
      'The fal CLI and fal_client ignore every key because of FAL_FORCE_AUTH_BY_USER=1. Unset it to use a key.',
    );
  }
  if (fal.falKey.kind === 'malformed') advice.push('FAL_KEY is not a valid key. Unset FAL_KEY.');
  for (const { place, shells, decides } of fal.startUp) {
    if (!decides) continue;
    advice.push(
      `${place} sets FAL_KEY, so new ${shells.join(' and ')} shells don’t follow your profiles. Add that key to Varvel, then delete the line.`,
    );
  }
  if (fal.falKey.kind === 'empty') {
    advice.push('FAL_KEY is empty, so @fal-ai/client has no key. Unset FAL_KEY.');
  }
  if (fal.falKey.kind === 'key' && name !== null && fal.falKey.id !== wanted.keyId) {
    advice.push(
      `FAL_KEY in this shell overrides ${name}. Unset FAL_KEY, or use ${name}’s key: ${shells[fal.shell].takeUp(name)}`,
    );
  }
  const { id, secret } = fal.pair;
  if ((id === null) !== (secret === null)) {
    advice.push(`${id === null ? 'FAL_KEY_SECRET' : 'FAL_KEY_ID'} alone does nothing. Unset it.`);
  } else if (id === '' || secret === 'empty') {
    advice.push('FAL_KEY_ID or FAL_KEY_SECRET is empty, but the fal CLI uses them. Unset both.');
  } else if (id !== null && fal.falKey.kind === 'key' && id !== fal.falKey.id) {
    advice.push('FAL_KEY_ID and FAL_KEY_SECRET contradict FAL_KEY, which comes first. Unset both.');
  }
  if (fal.config.problem !== null) advice.push(`${fal.config.problem} The fal CLI can’t read it either.`);
  const asked = fal.profileVariable || fal.config.profile;
  if (
    asked &&
    !fal.forceUser &&
    fal.config.problem === null &&
    !fal.config.profiles.some((profile) => profile.name === asked)
  ) {
    advice.push(
      `The fal CLI is set to use profile “${asked}”, which doesn’t exist${fal.config.path === null ? ': FAL_CONFIG_PATH is empty' : ` in ${fal.config.path}`}.`,
    );
  }
  const own = profiles.find((profile) => profile.name === asked)?.account?.nickname;
  if (own && fal.config.team && cli.source === 'fal sign-in' && !isSameAccount(fal.config.team, own)) {
    advice.push(
      `The fal CLI uses ${asked} without a key, so it acts for ${fal.config.team}, not for ${own}. To change that: varvel falcli apply ${asked}`,
    );
  }
  const isSet = fal.falKey.kind !== 'none' || fal.startUp.some(({ decides }) => decides);
  if (name !== null && wanted.keyId !== null && !isSet && cli.keyId !== wanted.keyId) {
    advice.push(
      `fal’s own tools don’t use ${name} here. For this shell: ${shells[fal.shell].takeUp(name)}. For one program: varvel run -- COMMAND.`,
    );
  }
  return advice;
}

/** `which`, with where fal's tools send the key. */
export interface WhichWithHosts extends Which {
  hosts: HostLink[];
  /** The keys that other tools keep by themselves. */
  otherKeys: ToolKey[];
}

/** `which` for a process, over the profiles of the database and fal's config.toml. */
export async function whichKey(
  ours: Omit<OurFacts, 'current'>,
  surroundings: Surroundings,
  ports: Pick<Ports, 'state' | 'files' | 'falConfigPath'>,
): Promise<Omit<WhichWithHosts, 'otherKeys'>> {
  const { profiles } = ports.state;
  const facts = await collectFacts(surroundings, ports);
  const { profileVariable, config } = facts;
  const wanted = profileVariable || config.profile;
  const used = config.profiles.find(({ name }) => name === wanted);
  return {
    ...explain({ ...ours, current: profiles.current() }, facts, { profiles: profiles.all() }),
    hosts: hostChain(surroundings.variables, used ? { name: used.name, host: used.host ?? null } : null),
  };
}
