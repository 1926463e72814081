import { VarvelError } from '../model/error.ts';
import type { Profile } from '../model/profile.ts';
import type { Pin } from './pin.ts';

/** What a process brings along to choose its profile, strongest first. */
export interface ProfileChoice {
  /** `--profile`, or a profile given as the argument. */
  argument: string | null;
  /** `VARVEL_PROFILE`. */
  variable: string | null;
  /** The folder's pin; asked for only when nothing stronger was given. */
  pin: () => Pin | null;
}

export interface EffectiveProfile {
  profile: Profile;
  source: 'argument' | 'variable' | 'pin' | 'current';
}

/**
 * `--profile` beats `VARVEL_PROFILE` beats the folder's pin beats the current profile. What was chosen and
 * isn't there is an error; it never falls through to something weaker, which would be another account's key.
 */
export function effectiveProfile(
  choice: ProfileChoice,
  known: { current: string | null; get(name: string): Profile | null; nameLike(name: string): Profile },
): EffectiveProfile {
  if (choice.argument !== null) return { profile: known.nameLike(choice.argument), source: 'argument' };
  if (choice.variable) {
    const profile = known.get(choice.variable);
    if (profile) return { profile, source: 'variable' };
    throw new VarvelError(
      'not_found',
      `VARVEL_PROFILE names “${choice.variable}”, and there is no such profile.`,
      { action: 'fix_profile_variable' },
    );
  }
  const pin = choice.pin();
  if (pin) {
    const profile = known.get(pin.profile);
    if (profile) return { profile, source: 'pin' };
    throw new VarvelError(
      'not_found',
      `This folder is pinned to “${pin.profile}” by ${pin.path}, and there is no such profile.`,
      { action: 'create_profile', profile: pin.profile },
    );
  }
  const current = known.current === null ? null : known.get(known.current);
  if (current) return { profile: current, source: 'current' };
  throw new VarvelError('not_found', 'No profile is current.', { action: 'choose_profile' });
}
