import type { Option } from './command.ts';

// The options that name something, which many commands take: each says for itself what it means there.

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

/** To tell apart keys of one alias. */
export const keysAccountOption = accountOption('of this account, when several have a key of that alias');
