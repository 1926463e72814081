import type { Hint } from '../hint.ts';
import type { AccountName } from './account.ts';
import type { Scope } from './key.ts';

export const verdictKinds = [
  'valid',
  'invalid',
  'locked',
  'forbidden',
  'rate_limited',
  'server_error',
  'unreachable',
] as const;
export type VerdictKind = (typeof verdictKinds)[number];

/** What a key test found. */
export interface Verdict {
  kind: VerdictKind;
  scope: Scope | null;
  account: AccountName | null;
  /** Time until the first answer, in milliseconds; `null` without one. */
  latencyMs: number | null;
  /** fal's own words if there are any, otherwise Varvel's. */
  message: string;
  /** Milliseconds since 1970. */
  testedAt: number;
}

/** What a verdict says of a key that fal locked by itself, and not with its account. */
export const keyLocked = 'Key locked';

/** Whether fal refused the key itself, so that there is a reason to look for. */
export const isRefused = ({ kind }: Pick<Verdict, 'kind'>): boolean =>
  kind === 'locked' || kind === 'forbidden' || kind === 'invalid';

/** Why, in a word or a few, where the kind alone doesn't say it: “balance”. Empty otherwise. */
export function verdictReason({ kind, message }: Pick<Verdict, 'kind' | 'message'>): string {
  if (kind !== 'locked') return '';
  if (message.startsWith(keyLocked)) return 'this key';
  return /\bbalance\b/i.test(message) ? 'balance' : (message.split(/[.:]/)[0] ?? '').trim();
}

/** What can be done about a verdict on a key. */
export function verdictHint({ kind, message }: Pick<Verdict, 'kind' | 'message'>, keyId: string): Hint {
  switch (kind) {
    case 'valid':
      return { action: 'none' };
    case 'invalid':
      return { action: 'replace_key', keyId };
    case 'locked':
      return { action: message.startsWith(keyLocked) ? 'raise_key_limit' : 'top_up' };
    case 'forbidden':
      return { action: 'use_another_key', keyId };
    case 'rate_limited':
      return { action: 'wait' };
    case 'server_error':
      return { action: 'wait_for_fal' };
    case 'unreachable':
      return { action: 'check_network' };
  }
}

/** A verdict as a person reads it: “rate limited”. */
export const verdictWord = (kind: VerdictKind): string => kind.replaceAll('_', ' ');
