import { VarvelError } from '../model/error.ts';
import { type InStep, inSteps } from '../model/falcli.ts';
import type { Profile } from '../model/profile.ts';
import type { Ports } from '../ports.ts';

const setting = 'falcli_in_step';

export function readInStep(state: Pick<Ports['state'], 'settings'>): InStep {
  const value = state.settings.get(setting);
  return inSteps.find((known) => known === value) ?? 'off';
}

export const writeInStep = (state: Pick<Ports['state'], 'settings'>, value: InStep): void =>
  state.settings.set(setting, value);

/**
 * Takes every switch, and every change of the current profile, on to fal's CLI when that is turned on, whichever face
 * made it. What goes wrong is said and breaks nothing: the switch itself is done.
 */
export function createFollow(
  { state, warn }: Pick<Ports, 'state' | 'warn'>,
  apply: (profile: Profile | null, withKey: boolean) => Promise<unknown>,
) {
  let running: Promise<unknown> | null = null;

  function takeOn(profile: Profile | null, inStep: InStep, what: 'switch' | 'change'): void {
    const before = running ?? Promise.resolve();
    const mine = before
      .then(() => apply(profile, inStep === 'key' && profile?.keyId != null))
      .catch((error: unknown) => {
        const ours = error instanceof VarvelError;
        const why = ours ? error.message : String(error);
        // waited for: a face may have to load its words first
        return warn(`fal’s CLI did not follow the ${what}: ${why}`, ours ? error.hint : { action: 'none' });
      })
      .finally(() => {
        if (running === mine) running = null;
      });
    running = mine;
  }

  /** What fal's CLI has of the current profile. */
  function current(): Profile | null {
    const name = state.profiles.current();
    return name === null ? null : state.profiles.get(name);
  }

  return {
    switched(profile: Profile | null): void {
      const inStep = readInStep(state);
      if (inStep !== 'off') takeOn(profile, inStep, 'switch');
    },

    /**
     * Called before something that may change the current profile.
     * @returns called after it, also when it failed half way: takes on what has changed
     */
    watch(): () => void {
      if (readInStep(state) === 'off') return () => undefined;
      const before = partsOf(current());
      return () => {
        const inStep = readInStep(state);
        const now = current();
        if (inStep !== 'off' && partsOf(now) !== before) takeOn(now, inStep, 'change');
      };
    },

    /** What is still being written; null when nothing is. */
    pending: (): Promise<unknown> | null => running,
  };
}

/** What fal's file holds of a profile, to compare. */
const partsOf = (profile: Profile | null): string =>
  JSON.stringify(profile && [profile.name, profile.host, profile.keyId]);
