import { VarvelError } from '../model/error.ts';
import { type InStep, inSteps } from '../model/machine/falcli.ts';
import type { Profile } from '../model/profile.ts';
import type { CurrentChange } from '../ports/state.ts';
import type { Ports } from '../ports.ts';

const setting = 'falcli_in_step';
const forced = 'falcli_in_step_forced';

export function readInStep(state: Pick<Ports['state'], 'settings'>): InStep {
  const value = state.settings.get(setting);
  return inSteps.find((known) => known === value) ?? 'off';
}

/** @param force also into a file that git tracks */
export function writeInStep(state: Pick<Ports['state'], 'settings'>, value: InStep, force: boolean): void {
  state.settings.set(setting, value);
  state.settings.set(forced, String(force));
}

/**
 * Syncs every switch, and every change of the current profile, to the fal CLI when that is on, whichever face
 * made it. A failure becomes a warning; the switch itself is done.
 */
export function createFollow(
  { state, warn }: Pick<Ports, 'state' | 'warn'>,
  apply: (profile: Profile | null, withKey: boolean, force: boolean) => Promise<unknown>,
) {
  let running: Promise<unknown> | null = null;

  function sync(profile: Profile | null, inStep: InStep, what: CurrentChange): void {
    const before = running ?? Promise.resolve();
    const mine = before
      .then(() =>
        apply(profile, inStep === 'key' && profile?.keyId != null, state.settings.get(forced) === 'true'),
      )
      .catch((error: unknown) => {
        const ours = error instanceof VarvelError;
        const why = ours ? error.message : String(error);
        // awaited: a face may have to load its words first
        return warn(`The fal CLI did not follow the ${what}: ${why}`, ours ? error.hint : { action: 'none' });
      })
      .finally(() => {
        if (running === mine) running = null;
      });
    running = mine;
  }

  /** The current profile; null when there is none. */
  function current(): Profile | null {
    const name = state.profiles.current();
    return name === null ? null : state.profiles.get(name);
  }

  state.onCurrentChange((change) => {
    const inStep = readInStep(state);
    if (inStep !== 'off') sync(current(), inStep, change);
  });

  return {
    /** The pending write; null when there is none. */
    pending: (): Promise<unknown> | null => running,
  };
}
