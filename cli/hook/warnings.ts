import { createHash } from 'node:crypto';
import { VarvelError } from '../../core/model/error.ts';
import { type Pin, parsePin } from '../../core/profiles/pin.ts';
import type { Varvel } from '../../core/varvel.ts';
import { foundKey } from '../../core/which/facts.ts';
import { nearestPin } from '../../platform/places/nearest-pin.ts';
import type { Context } from '../framework/command.ts';

/** What the hook remembers. */
export interface Said {
  /** The warnings that its shell was given, as hashes. */
  said: string;
  /** Set when the shell was told that a key set by hand wins; otherwise the hook says it. */
  told?: '1';
}

/** A warning as the shell remembers it: short, without names and paths. */
const warningHash = (id: string): string => createHash('sha256').update(id).digest('hex').slice(0, 12);

/**
 * The pin that a prompt may warn about; null when the hook can't remember warnings, or doesn't show them.
 * @throws VarvelError for a pin that can't be read, unless a stronger choice was made
 */
export function pinToWarnAbout({ env, cwd }: Pick<Context, 'env' | 'cwd'>): Pin | null {
  if (env.VARVEL_HOOK_SAID === undefined) return null;
  try {
    const found = nearestPin(cwd());
    return found && parsePin(found.text, found.path);
  } catch (error) {
    if (error instanceof VarvelError && env.VARVEL_PROFILE) return null;
    throw error;
  }
}

/** Warns on stderr about a pin, once per shell and problem. */
export function warnAboutPin(
  varvel: Varvel,
  pin: Pin,
  { env, output }: Pick<Context, 'env' | 'output'>,
): Said {
  const before = (env.VARVEL_HOOK_SAID ?? '').split(' ').filter((word) => /^[\da-f]{12}$/.test(word));
  // any other FAL_KEY was set by the hook, or the hook will replace it
  const handSet = env.VARVEL_HOOK_KEY === ':hand' ? foundKey(env.FAL_KEY) : null;
  const warnings = varvel
    .pinWarnings({
      pin,
      handSetKeyId: handSet?.kind === 'key' ? handSet.id : null,
      explicit: env.VARVEL_PROFILE || null,
    })
    .filter(({ id }) => !before.includes(warningHash(id)));
  for (const { text } of warnings) output.note(`varvel: ${text}`);
  return {
    said: [...before, ...warnings.map(({ id }) => warningHash(id))].join(' '),
    ...(warnings.some(({ id }) => id.startsWith('key:')) && { told: '1' }),
  };
}
