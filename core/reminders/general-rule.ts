import { longestRotateAfterDays } from '../model/fal/rotate-by.ts';
import type { State } from '../ports/state.ts';

const name = 'rotate_after_days';

export const isRotateAfterDays = (days: number): boolean =>
  Number.isInteger(days) && days >= 1 && days <= longestRotateAfterDays;

/** After how many days to rotate a key without a rule of its own or of its account; null for no reminder. */
export function generalRule({ settings }: Pick<State, 'settings'>): number | null {
  const days = Number(settings.get(name));
  return isRotateAfterDays(days) ? days : null;
}

export const setGeneralRule = ({ settings }: Pick<State, 'settings'>, days: number | null): void =>
  settings.set(name, days === null ? '' : String(days));
