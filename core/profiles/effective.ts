import { VarvelError } from '../model/error.ts';
import type { Profile } from '../model/profile.ts';
import type { Pin } from './pin.ts';

/** What chooses a process's profile, by priority. */
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
 * Priority: `--profile`, `VARVEL_PROFILE`, the folder's pin, the current profile. A chosen profile that doesn't
 * exist is an error, and never falls back to the next: that could be another account's key.
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
      `VARVEL_PROFILE is set to “${choice.variable}”, but that profile doesn’t exist.`,
      { action: 'fix_profile_variable' },
    );
  }
  const pin = choice.pin();
  if (pin) {
    const profile = known.get(pin.profile);
    if (profile) return { profile, source: 'pin' };
    throw new VarvelError(
      'not_found',
      `This folder is pinned to “${pin.profile}” (${pin.path}), but that profile doesn’t exist.`,
      { action: 'create_profile', profile: pin.profile },
    );
  }
  const current = known.current === null ? null : known.get(known.current);
  if (current) return { profile: current, source: 'current' };
  throw new VarvelError('not_found', 'No current profile.', { action: 'choose_profile' });
}
