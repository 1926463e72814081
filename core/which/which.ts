import type { KeyDecision } from '../model/which.ts';
import type { Ports } from '../ports.ts';
import {
  decide,
  falCliCandidates,
  javascriptCandidates,
  type PlaceCheck,
  pythonCandidates,
} from './chain.ts';
import { collectFacts, type Surroundings } from './collect.ts';
import type { FalFacts, OurFacts } from './facts.ts';

/** The key in force in a shell and a folder, for each tool, and how it came to that. */
export interface Which {
  /** For what is started here with the hook in place: a hand-set key, else Varvel's choice, else fal's own. */
  here: KeyDecision;
  varvel: KeyDecision;
  tools: { fal: KeyDecision; fal_client: KeyDecision; '@fal-ai/client': KeyDecision };
  /** What is likely not meant, and what to do about it. */
  advice: string[];
}

/** What is known of our profiles and keys: names and ids. */
export interface Known {
  profiles: { name: string; keyId: string | null }[];
}

/** Says which key wins, from collected facts alone. */
export function explain(ours: OurFacts, fal: FalFacts, known: Known): Which {
  const owner = ownerOf(ours, known);
  const named = (verdict: KeyDecision): KeyDecision => ({
    ...verdict,
    winner: { ...verdict.winner, profile: verdict.winner.profile ?? owner(verdict.winner.keyId) },
    chain: verdict.chain.map((link) => {
      const profile = link.source === 'FAL_KEY' || link.source.includes(' + ') ? owner(link.value) : null;
      return profile === null ? link : { ...link, reason: `${link.reason} It is the key of ${profile}.` };
    }),
  });
  const own = ourCandidates(ours, known);
  const cli = falCliCandidates(fal);
  const hand = cli.findIndex(({ source }) => source === 'FAL_KEY') + 1;
  const forced = own.map(
    (candidate): PlaceCheck => ({
      ...candidate,
      ...(fal.forceUser &&
        candidate.decides && { decides: null, reason: 'FAL_FORCE_AUTH_BY_USER=1 leaves every key out.' }),
    }),
  );
  const varvel = decide(own);
  const tools = {
    fal: named(decide(cli)),
    fal_client: named(decide(pythonCandidates(fal))),
    '@fal-ai/client': named(decide(javascriptCandidates(fal))),
  };
  return {
    here: named(decide([...cli.slice(0, hand), ...forced, ...cli.slice(hand)])),
    varvel,
    tools,
    advice: advise(varvel, tools, fal),
  };
}

/** Whose key an id is; several profiles may share one: the one in force comes first. */
function ownerOf(ours: OurFacts, { profiles }: Known): (keyId: string | null) => string | null {
  const chosen =
    ours.argument ?? (ours.variable || null) ?? (ours.pin.kind === 'pin' ? ours.pin.profile : ours.current);
  const names = new Map<string, string>();
  for (const { name, keyId } of profiles) {
    if (keyId !== null && (name === chosen || !names.has(keyId))) names.set(keyId, name);
  }
  return (keyId) => (keyId === null ? null : (names.get(keyId) ?? null));
}

/** What `varvel env` and `varvel run` take: the first that is given, and it alone. */
function ourCandidates({ argument, variable, pin, current }: OurFacts, { profiles }: Known): PlaceCheck[] {
  const byName = (source: PlaceCheck['source'], name: string | null, said: string): PlaceCheck => {
    if (!name) return { source, value: null, decides: null, reason: said };
    const profile = profiles.find((known) => known.name === name);
    const reason = !profile
      ? 'There is no such profile: `varvel env` and `varvel run` refuse.'
      : profile.keyId === null
        ? 'That profile has no key.'
        : `Its key is ${profile.keyId}.`;
    return {
      source,
      value: name,
      decides: { keyId: profile?.keyId ?? null, profile: profile?.name ?? null },
      reason,
    };
  };
  return [
    byName('argument', argument, 'None was given.'),
    byName('VARVEL_PROFILE', variable, 'Not set.'),
    pin.kind === 'unreadable'
      ? { source: 'pin', value: null, decides: { keyId: null, profile: null }, reason: pin.problem }
      : pin.kind === 'pin'
        ? withPlace(byName('pin', pin.profile, ''), pin.path)
        : {
            source: 'pin',
            value: null,
            decides: null,
            reason: 'This folder has no .varvel file, nor has one above it.',
          },
    byName('current', current, 'No profile is current.'),
  ];
}

const withPlace = (candidate: PlaceCheck, path: string): PlaceCheck => ({
  ...candidate,
  reason: `${candidate.reason} So says ${path}.`,
});

function advise(varvel: KeyDecision, tools: Which['tools'], fal: FalFacts): string[] {
  const advice: string[] = [];
  const wanted = varvel.winner;
  const name = wanted.profile;
  const cli = tools.fal.winner;
  if (fal.forceUser) {
    advice.push(
      'FAL_FORCE_AUTH_BY_USER=1 makes fal’s CLI and fal_client leave out every key: unset it to use one.',
    );
  }
  if (fal.falKey.kind === 'malformed') advice.push('FAL_KEY is no key: unset FAL_KEY.');
  if (fal.falKey.kind === 'empty') {
    advice.push('FAL_KEY is set to nothing, and @fal-ai/client then has no key: unset FAL_KEY.');
  }
  if (fal.falKey.kind === 'key' && name !== null && fal.falKey.id !== wanted.keyId) {
    advice.push(
      `FAL_KEY in this shell beats ${name}: unset FAL_KEY, or take ${name}’s with eval "$(varvel env ${name})".`,
    );
  }
  if (fal.pair.kind === 'half') advice.push(`${fal.pair.half} alone does nothing: unset it.`);
  if (fal.pair.kind === 'key' && fal.falKey.kind === 'key' && fal.pair.id !== fal.falKey.id) {
    advice.push('FAL_KEY_ID and FAL_KEY_SECRET contradict FAL_KEY, which comes first: unset the two.');
  }
  if (fal.config.problem !== null) advice.push(`${fal.config.problem} fal’s own CLI can’t read it either.`);
  const asked = fal.profileArgument || fal.profileVariable || fal.config.profile;
  if (asked && !fal.forceUser && !fal.config.profiles.some((profile) => profile.name === asked)) {
    advice.push(`fal’s CLI is told to use profile “${asked}”, which ${fal.config.path} doesn’t have.`);
  }
  if (name !== null && wanted.keyId !== null && fal.falKey.kind === 'none' && cli.keyId !== wanted.keyId) {
    advice.push(
      `fal’s own tools don’t use ${name} here: eval "$(varvel env)" for this shell, varvel run -- COMMAND for one program.`,
    );
  }
  return advice;
}

/** `which` for a process, over the profiles of the database and fal's config.toml. */
export async function whichKey(
  ours: Omit<OurFacts, 'current'>,
  surroundings: Surroundings,
  ports: Pick<Ports, 'state' | 'files' | 'falConfigPath'>,
): Promise<Which> {
  const { profiles } = ports.state;
  const facts = await collectFacts(surroundings, ports);
  return explain({ ...ours, current: profiles.current() }, facts, { profiles: profiles.all() });
}
