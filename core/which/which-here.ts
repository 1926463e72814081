import { VarvelError } from '../model/error.ts';
import type { Ports } from '../ports.ts';
import { parsePin } from '../profiles/pin.ts';
import { pinWarnings } from '../profiles/pin-warnings.ts';
import { foundKey, type OurFacts } from './facts.ts';
import { otherHosts } from './hosts.ts';
import { type WhichWithHosts, whichKey } from './which.ts';

export interface WhichRequest {
  /** The process's variables. */
  env: Record<string, string | undefined>;
  folder: string;
  /** As if --profile were given. */
  profile: string | null;
  /** As if the fal CLI's --profile were given. */
  falProfile: string | null;
}

/**
 * Which key wins for a program started in a folder with these variables, and warnings about the folder's pin.
 * @throws VarvelError `not_found` for a folder that doesn't exist
 */
export async function whichHere(
  ports: Pick<Ports, 'state' | 'files' | 'pinFiles' | 'falConfigPath' | 'hasFalSignIn'>,
  { env, folder, profile, falProfile }: WhichRequest,
): Promise<{ found: WhichWithHosts; warnings: string[] }> {
  ports.pinFiles.pathInExisting(folder);
  const pin = pinOf(ports.pinFiles, folder);
  const variable = env.VARVEL_PROFILE || null;
  const found = await whichKey(
    { argument: profile, variable, pin },
    { variables: env, profileArgument: falProfile, signedIn: ports.hasFalSignIn(env) },
    ports,
  );
  const { profile: name } = found.varvel.winner;
  const host = name === null ? null : (ports.state.profiles.get(name)?.host ?? null);
  for (const other of name === null ? [] : otherHosts(env, host)) {
    found.advice.push(
      `${other.name} in this shell sends keys to ${other.host}, which profile “${name}” doesn’t name. Unset ${other.name}.`,
    );
  }
  if (pin.kind !== 'pin') return { found, warnings: [] };
  const handSet = foundKey(env.FAL_KEY);
  const warnings = pinWarnings(
    {
      pin,
      handSetKeyId: handSet.kind === 'key' ? handSet.id : null,
      explicit: profile ?? variable,
    },
    ports.state,
  );
  return { found, warnings: warnings.map(({ text }) => text) };
}

/** The active pin; an invalid one is reported, not thrown. */
function pinOf(pinFiles: Ports['pinFiles'], folder: string): OurFacts['pin'] {
  try {
    const found = pinFiles.nearest(folder);
    return found ? { kind: 'pin', ...parsePin(found.text, found.path) } : { kind: 'none' };
  } catch (error) {
    if (error instanceof VarvelError) return { kind: 'unreadable', problem: error.message };
    throw error;
  }
}
