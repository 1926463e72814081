import { VarvelError } from '../core/model/error.ts';
import { parsePin } from '../core/profiles/pin.ts';
import type { Varvel } from '../core/varvel.ts';
import type { Verdict } from '../core/which/chain.ts';
import { foundKey, type OurFacts } from '../core/which/facts.ts';
import type { Which } from '../core/which/which.ts';
import { hasFalSignIn } from '../platform/files/falcli-paths.ts';
import { nearestPin } from '../platform/files/nearest-pin.ts';

export interface WhichRequest {
  env: NodeJS.ProcessEnv;
  folder: string;
  /** As if this profile of ours were given. */
  profile: string | null;
  /** As if fal's CLI were given this profile of its own. */
  falProfile: string | null;
}

/** Which key wins for what is started in a folder with some variables, and what is surprising about its pin. */
export async function whichHere(
  varvel: Varvel,
  { env, folder, profile, falProfile }: WhichRequest,
): Promise<{ found: Which; warnings: string[] }> {
  const pin = pinOf(folder);
  const variable = env.VARVEL_PROFILE || null;
  const found = await varvel.which(
    { argument: profile, variable, pin },
    { variables: env, profileArgument: falProfile, signedIn: hasFalSignIn(env) },
  );
  if (pin.kind !== 'pin') return { found, warnings: [] };
  const handSet = foundKey(env.FAL_KEY);
  const warnings = varvel.pinWarnings({
    pin,
    handSetKeyId: handSet.kind === 'key' ? handSet.id : null,
    explicit: profile ?? variable,
  });
  return { found, warnings: warnings.map(({ text }) => text) };
}

/** What each tool uses, by the tool's name for people. */
export const toolsOf = ({ varvel, tools }: Which): { name: string; verdict: Verdict }[] => [
  { name: 'varvel env, varvel run', verdict: varvel },
  { name: 'fal (CLI)', verdict: tools.fal },
  { name: 'fal_client (Python)', verdict: tools.fal_client },
  { name: '@fal-ai/client (JavaScript)', verdict: tools['@fal-ai/client'] },
];

/** The pin in force here; one that can't be read is shown, not thrown. */
function pinOf(folder: string): OurFacts['pin'] {
  try {
    const found = nearestPin(folder);
    return found ? { kind: 'pin', ...parsePin(found.text, found.path) } : { kind: 'none' };
  } catch (error) {
    if (error instanceof VarvelError) return { kind: 'unreadable', problem: error.message };
    throw error;
  }
}
