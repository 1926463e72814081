import { describe, expect, it } from 'vitest';
import { toHint } from '../../../core/model/hint.ts';
import { methodsInOrder } from '../../../renderer/features/accounts/methods.ts';
import { type SignIn, withOutcome, withSignInStep } from '../../../renderer/stores/sign-in.ts';

const step = {
  run: 'run-one',
  step: 'confirm_code',
  userCode: 'WDJB-MJHT',
  verificationUri: 'https://x/activate',
  url: 'https://x',
  opened: true,
} as const;
const starting: SignIn = { state: 'starting', run: 'run-one', connection: 'github' };

describe('a sign-in', () => {
  it('waits for the person once fal has told the code', () => {
    expect(withSignInStep(starting, step)).toEqual({
      state: 'waiting',
      run: 'run-one',
      connection: 'github',
      step,
    });
  });

  it('of another window is not shown in this one', () => {
    expect(withSignInStep(starting, { ...step, run: 'run-two' })).toBe(starting);
    expect(withSignInStep({ state: 'idle' }, step)).toEqual({ state: 'idle' });
  });

  it('that was cancelled is not brought back by a late outcome', () => {
    const cancelled: SignIn = { state: 'cancelled' };
    const problem = { code: 'unreachable', message: '', hint: toHint('') };
    expect(withOutcome(cancelled, 'run-one', { state: 'failed', problem, connection: null })).toBe(cancelled);
    expect(withOutcome(starting, 'run-one', cancelled)).toBe(cancelled);
  });
});

it('the method used last stands on top', () => {
  expect(methodsInOrder(null)).toEqual(['github', 'google', 'sso']);
  expect(methodsInOrder('google')).toEqual(['google', 'github', 'sso']);
  expect(methodsInOrder('example.com')).toEqual(['sso', 'github', 'google']);
});
