import { createHash } from 'node:crypto';
import { VarvelError } from '../../core/model/error.ts';
import { type Pin, parsePin } from '../../core/profiles/pin.ts';
import type { Varvel } from '../../core/varvel.ts';
import { foundKey } from '../../core/which/facts.ts';
import { nearestPin } from '../../platform/files/nearest-pin.ts';
import type { Context } from '../framework/command.ts';

/** What the hook keeps of it. */
export interface Said {
  /** The matters that its shell was warned of, in our own shorthand. */
  said: string;
  /** Whether it was said that a key set by hand wins, which the hook would say else. */
  told?: '1';
}

/** A matter as a shell keeps it: short, and without the names and paths in it. */
const mark = (id: string): string => createHash('sha256').update(id).digest('hex').slice(0, 12);

/**
 * The pin here whose warnings a prompt may say: none when the hook can't keep what it was told, or doesn't show it.
 * @throws VarvelError for a pin that can't be read, unless a stronger choice was made
 */
export function pinToWarnOf({ env, cwd }: Pick<Context, 'env' | 'cwd'>): Pin | null {
  if (env.VARVEL_HOOK_SAID === undefined) return null;
  try {
    const found = nearestPin(cwd);
    return found && parsePin(found.text, found.path);
  } catch (error) {
    if (error instanceof VarvelError && env.VARVEL_PROFILE) return null;
    throw error;
  }
}

/** Says on stderr what is wrong with a pin, as far as it was not said in this shell. */
export function sayPinWarnings(
  varvel: Varvel,
  pin: Pin,
  { env, output }: Pick<Context, 'env' | 'output'>,
): Said {
  const before = (env.VARVEL_HOOK_SAID ?? '').split(' ').filter((word) => /^[\da-f]{12}$/.test(word));
  // what stands in FAL_KEY else is what the hook itself has set, or will put aside
  const handSet = env.VARVEL_HOOK_KEY === ':hand' ? foundKey(env.FAL_KEY) : null;
  const warnings = varvel
    .pinWarnings({
      pin,
      handSetKeyId: handSet?.kind === 'key' ? handSet.id : null,
      explicit: env.VARVEL_PROFILE || null,
    })
    .filter(({ id }) => !before.includes(mark(id)));
  for (const { text } of warnings) output.note(`varvel: ${text}`);
  return {
    said: [...before, ...warnings.map(({ id }) => mark(id))].join(' '),
    ...(warnings.some(({ id }) => id.startsWith('key:')) && { told: '1' }),
  };
}
