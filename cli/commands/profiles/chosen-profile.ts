import type { EffectiveProfile } from '../../../core/profiles/effective.ts';
import { parsePin } from '../../../core/profiles/pin.ts';
import type { Varvel } from '../../../core/varvel.ts';
import { nearestPin } from '../../../platform/places/nearest-pin.ts';
import type { Context } from '../../framework/command.ts';

/** The active profile of this process: from the argument, VARVEL_PROFILE, the folder's pin or the current one. */
export const chosenProfile = (
  varvel: Varvel,
  { env, cwd }: Pick<Context, 'env' | 'cwd'>,
  argument: string | undefined,
): EffectiveProfile =>
  varvel.profiles.effective({
    argument: argument ?? null,
    variable: env.VARVEL_PROFILE ?? null,
    pin: () => {
      const found = nearestPin(cwd());
      if (!found) return null;
      const pin = parsePin(found.text, found.path);
      varvel.pins.refuseForeign(pin);
      return pin;
    },
  });
