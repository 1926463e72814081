import type { Option } from './command.ts';

// Options that many commands share. Each command describes what they mean there.

type Named = Option & { type: 'string' };

export const profileOption = (describe: string): Named => ({
  type: 'string',
  short: 'p',
  value: 'PROFILE',
  completes: 'profiles',
  describe,
});

export const accountOption = (describe: string): Named => ({
  type: 'string',
  value: 'ACCOUNT',
  completes: 'accounts',
  describe,
});

/** Goes ahead without a prompt, in every command that asks first. */
export const yesOption = { type: 'boolean', short: 'y', describe: 'don’t ask for confirmation' } as const;

/** Tells apart keys with the same alias. */
export const keysAccountOption = accountOption('the key’s account, if several have a key with that alias');
