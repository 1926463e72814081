import { create } from 'zustand';
import type { EventPayload } from '../../contract/events.ts';
import type { Problem } from '../../contract/problem.ts';
import type { Flow } from '../../core/model/fal/fal-environment.ts';
import type { Identity } from '../../core/model/fal/identity.ts';
import { call, newRun } from '../bridge.ts';
import { isCancelled, problemOf } from '../call-error.ts';

type Step = EventPayload<'signIn'>;

/** A sign-in, from the first click to its outcome. */
export type SignIn =
  | { state: 'idle' }
  | { state: 'starting'; run: string; connection: string | null }
  | { state: 'waiting'; run: string; connection: string | null; step: Step }
  | { state: 'done'; run: string; identity: Identity; warning: string | null }
  | { state: 'cancelled' }
  | { state: 'failed'; problem: Problem; connection: string | null };

/** Applies a step from the bridge, if it belongs to this window's sign-in. */
export function withSignInStep(signIn: SignIn, step: Step): SignIn {
  if (signIn.state !== 'starting' && signIn.state !== 'waiting') return signIn;
  if (signIn.run !== step.run) return signIn;
  return { state: 'waiting', run: signIn.run, connection: signIn.connection, step };
}

export const isBusy = ({ state }: SignIn): boolean => state === 'starting' || state === 'waiting';

/** The run id of a sign-in. Null when there is none. */
export const runOf = (signIn: SignIn): string | null => ('run' in signIn ? signIn.run : null);

const isRun = (signIn: SignIn, run: string): boolean => isBusy(signIn) && runOf(signIn) === run;

/** Applies an outcome, if its run is still the current one. */
export const withOutcome = (signIn: SignIn, run: string, outcome: SignIn): SignIn =>
  isRun(signIn, run) ? outcome : signIn;

export const useSignIn = create<{ signIn: SignIn }>(() => ({ signIn: { state: 'idle' } }));

export async function signIn(connection: string | null, flow: Flow | null): Promise<void> {
  if (isBusy(useSignIn.getState().signIn)) return;
  const run = newRun();
  useSignIn.setState({ signIn: { state: 'starting', run, connection } });
  const settle = (outcome: SignIn): void =>
    useSignIn.setState(({ signIn: now }) => ({ signIn: withOutcome(now, run, outcome) }));
  try {
    const { identity, warning } = await call('identities.signIn', { run, connection, flow });
    settle({ state: 'done', run, identity, warning });
  } catch (error) {
    const problem = problemOf(error);
    settle(isCancelled(problem) ? { state: 'cancelled' } : { state: 'failed', problem, connection });
  }
}

export async function cancelSignIn(): Promise<void> {
  const { signIn: now } = useSignIn.getState();
  if (now.state !== 'starting' && now.state !== 'waiting') return;
  useSignIn.setState({ signIn: { state: 'cancelled' } });
  await call('work.cancel', { run: now.run });
}

export const resetSignIn = (): void => useSignIn.setState({ signIn: { state: 'idle' } });
