import { type InStep, inSteps } from '../model/machine/falcli.ts';
import type { Ports } from '../ports.ts';

type Needs = Pick<Ports['state'], 'settings'>;

const setting = 'falcli_in_step';
const forced = 'falcli_in_step_forced';
/** How many changes of the current profile the fal CLI's file had to follow so far. */
const changes = 'falcli_changes';
/** How many of them it has followed, or somebody was told that it couldn't. */
const followed = 'falcli_followed';

export function readInStep({ settings }: Needs): InStep {
  const value = settings.get(setting);
  return inSteps.find((known) => known === value) ?? 'off';
}

/** Whether each sync writes the key even if git tracks the file. */
export const isForced = ({ settings }: Needs): boolean => settings.get(forced) === 'true';

/** @param force also into a file that git tracks */
export function writeInStep(state: Needs, value: InStep, force: boolean): void {
  state.settings.set(setting, value);
  state.settings.set(forced, String(force));
  // so that turning it on later doesn't catch up on what was before
  if (value === 'off') settle(state, countChanges(state));
}

/** The number of the last change that the file has to follow. */
export const countChanges = ({ settings }: Needs): number => Number(settings.get(changes) ?? 0);

/** Notes a change of the current profile, in its transaction: if this process dies before the sync, another one does it. */
export function noteChange(state: Needs): void {
  if (readInStep(state) !== 'off') state.settings.set(changes, String(countChanges(state) + 1));
}

/** Whether the fal CLI's file has a change to follow; cheap. */
export const isSyncDue = (state: Needs): boolean =>
  countChanges(state) > Number(state.settings.get(followed) ?? 0);

/** Notes that the file has followed all changes up to one, or that somebody was told why not. */
export function settle({ settings }: Needs, change: number): void {
  if (change > Number(settings.get(followed) ?? 0)) settings.set(followed, String(change));
}
