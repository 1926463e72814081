import type { AccountKind } from '../model/fal/account.ts';
import { amountWords } from '../model/fal/budget.ts';
import type {
  BalanceReading,
  Certainty,
  Diagnosis,
  Explanation,
  LockPattern,
} from '../model/fal/diagnosis.ts';
import { knownBalance } from './name-lock.ts';

/** What each pattern is called, in a few words. */
export const lockTitles: Record<LockPattern, string> = {
  works: 'Works now',
  exhausted_balance: 'Balance exhausted',
  contradictory_balances: 'fal’s two balances contradict each other',
  top_up_lag: 'Locked although there is balance',
  top_up: 'fal asks for a top-up',
  admin_lock: 'Locked by fal’s staff',
  archived: 'Account archived',
  team_limit: 'Spending limit of the account reached',
  member_limit: 'Spending limit of a member reached',
  key_limit: 'Spending limit of this key reached',
  unknown_lock: 'Locked, for a reason that Varvel doesn’t know',
  wrong_key: 'fal doesn’t know this key',
  wrong_account: 'Key of another account',
  not_allowed: 'Not allowed to do this',
  no_answer: 'fal gave no answer',
};

/** A finding in a line: its title, with the doubt there is about it. */
export const lockLine = ({ pattern, certainty }: { pattern: LockPattern; certainty: Certainty }): string =>
  certainty === 'likely' ? `${lockTitles[pattern]} (likely)` : lockTitles[pattern];

/** What is said about a pattern, besides what was measured. */
interface Advice {
  meaning: string;
  steps: string[];
  who: 'payer' | 'manager' | 'fal' | 'owner' | 'nobody';
  page: Explanation['page'];
}

const support = 'Write to support@fal.ai with the report. It holds what they need, and no secret.';

/** What a pattern means and what to do. Sources: docs/locks.md. */
function adviceOn({ pattern, balances, expected }: Diagnosis, account: string): Advice {
  switch (pattern) {
    case 'works':
      return { meaning: 'fal takes this key for paid calls again.', steps: [], who: 'nobody', page: null };
    case 'exhausted_balance':
      return {
        meaning: `fal stops paid calls of ${account} until its balance is topped up. fal may lock before the balance is zero: it doesn’t publish the threshold.`,
        steps: [
          `Top up the balance of ${account} at fal.`,
          'Wait a few minutes: the lock is lifted by itself, usually within an hour.',
        ],
        who: 'payer',
        page: 'billing',
      };
    case 'contradictory_balances':
      return {
        meaning:
          'fal keeps the balance in two places. As users report, the lock follows the one that is behind, and a new key changes nothing.',
        steps: [
          'If you topped up less than an hour ago, wait: the two may still meet.',
          `Otherwise ${support.charAt(0).toLowerCase()}${support.slice(1)} Ask them to match the two balances and to unlock ${account}.`,
        ],
        who: 'fal',
        page: 'billing',
      };
    case 'top_up_lag':
      return {
        meaning:
          'fal says that the balance is exhausted, and its balance says otherwise. After a top-up the lock can stay for a while, and sometimes until fal lifts it.',
        steps: [
          'If you topped up less than an hour ago, wait.',
          `Otherwise ${support.charAt(0).toLowerCase()}${support.slice(1)} Ask them to unlock ${account}.`,
        ],
        who: 'fal',
        page: 'billing',
      };
    case 'top_up': {
      const balance = knownBalance(balances);
      const hasMoney = balance !== null && balance >= 1;
      return {
        meaning: hasMoney
          ? `fal wants ${account} to top up, although there is balance. Users report this where a payment or an automatic top-up is stuck.`
          : `fal wants ${account} to top up before it takes paid calls.`,
        steps: hasMoney
          ? ['Check at fal that no invoice is due and that the payment method works.', support]
          : [
              `Top up the balance of ${account} at fal, and check the payment method.`,
              'If the lock stays for more than an hour, write to support@fal.ai with the report.',
            ],
        who: 'payer',
        page: 'billing',
      };
    }
    case 'admin_lock':
      return {
        meaning: `fal’s staff, or a check of fal’s, has locked ${account}. A top-up or a new key doesn’t lift it. Users report it right after a first payment, too.`,
        steps: [support],
        who: 'fal',
        page: null,
      };
    case 'archived':
      return {
        meaning: `${account} is archived. Its keys can’t make paid calls any more.`,
        steps: ['Use a key of another account.', 'To get the account back, write to support@fal.ai.'],
        who: 'fal',
        page: null,
      };
    case 'team_limit':
      return {
        meaning: `A spending control at fal stops every key of ${account} until its period ends or the control is changed. Balance doesn’t matter.`,
        steps: [
          `Raise or remove the limit of ${account} in fal’s spending controls, or wait for the next period.`,
        ],
        who: 'manager',
        page: 'billing',
      };
    case 'member_limit':
      return {
        meaning: `A spending control at fal stops what one member of ${account} spends, keys that they created included. Keys of other members may work.`,
        steps: [
          'Raise or remove the member’s limit in fal’s spending controls, or wait for the next period.',
          'Until then, use a key that another member created.',
        ],
        who: 'manager',
        page: 'billing',
      };
    case 'key_limit':
      return {
        meaning: `A spending control at fal stops this key alone. Other keys of ${account} may work.`,
        steps: [
          'Raise or remove the key’s limit in fal’s spending controls, or wait for the next period.',
          `Until then, use another key of ${account}.`,
        ],
        who: 'manager',
        page: 'billing',
      };
    case 'unknown_lock':
      return {
        meaning: `fal locks ${account} or this key, in words that Varvel doesn’t know.`,
        steps: ['Look at the account’s billing and spending controls at fal.', support],
        who: 'manager',
        page: 'billing',
      };
    case 'wrong_key':
      return {
        meaning: 'The key was revoked, or its secret is wrong. This is no lock: money doesn’t help.',
        steps: ['Create a new key, and give it to what used this one.', 'Forget this key.'],
        who: 'owner',
        page: 'keys',
      };
    case 'wrong_account':
      return {
        meaning: `This key belongs to ${account}, and Varvel knew it for ${expected?.nickname ?? 'another account'}. Calls with it are paid by ${account}, and that account’s locks and limits decide.`,
        steps: [
          `To use ${expected?.nickname ?? 'the other account'}, set a key of that account.`,
          `To use ${account}, test the key: Varvel then knows it for ${account}.`,
        ],
        who: 'owner',
        page: null,
      };
    case 'not_allowed':
      return {
        meaning: 'fal knows the key and refuses it, without calling it locked.',
        steps: ['Use another key, or one with another scope.', support],
        who: 'owner',
        page: null,
      };
    case 'no_answer':
      return {
        meaning: 'Whether the key is locked is not known, since fal’s servers didn’t answer properly.',
        steps: ['Check the network, then try again.'],
        who: 'nobody',
        page: null,
      };
  }
}

function whoCan(who: Advice['who'], account: string, kind: AccountKind | null): string {
  const isOwn = kind === 'personal';
  switch (who) {
    case 'payer':
      return isOwn
        ? 'You, as the owner of the account.'
        : `Members of ${account} with the Admin or Billing role.`;
    case 'manager':
      return isOwn
        ? 'You, as the owner of the account.'
        : `Members of ${account} with the Admin or Billing role: fal lets only them manage spending controls.`;
    case 'fal':
      return 'Only fal’s support.';
    case 'owner':
      return isOwn ? 'You.' : `Anyone who can manage the keys of ${account}.`;
    case 'nobody':
      return 'Nothing to do for anyone.';
  }
}

const readingWords = (reading: BalanceReading): string =>
  reading.state === 'read' ? amountWords(reading.amount, reading.currency) : 'not read';

function knownOf({ reason, balances, roseFrom, siblings, account, at }: Diagnosis): string[] {
  const { user, credits } = balances;
  const known = reason === null ? [] : [`fal says: “${reason}”`];
  if (account) known.push(`The key belongs to ${account.nickname}.`);
  if (user.state === 'read' || credits.state === 'read')
    known.push(
      `Balance: ${readingWords(user)} by billing/user_balance, ${readingWords(credits)} by account/billing.`,
    );
  if (roseFrom) {
    const minutes = Math.max(1, Math.round((at - roseFrom.at) / 60_000));
    known.push(
      `Varvel saw ${amountWords(roseFrom.amount, 'USD')} ${agoWords(minutes)} ago, so it has risen.`,
    );
  }
  if (siblings.tried > 0)
    known.push(
      siblings.working > 0
        ? 'Another key of the account works, so the account itself isn’t locked.'
        : 'Other keys of the account are locked too.',
    );
  return known;
}

const agoWords = (minutes: number): string =>
  minutes < 90 ? `${minutes} min` : `${Math.round(minutes / 60)} h`;

const moneyPatterns: readonly LockPattern[] = [
  'exhausted_balance',
  'contradictory_balances',
  'top_up_lag',
  'top_up',
];

function doubtsOf({ pattern, certainty, balances, siblings }: Diagnosis): string[] {
  const doubts: string[] = [];
  const { user, credits } = balances;
  if (moneyPatterns.includes(pattern)) {
    if (user.state === 'unread') doubts.push(`billing/user_balance couldn’t be read: ${user.why}`);
    if (credits.state === 'unread') doubts.push(`account/billing couldn’t be read: ${credits.why}`);
    if (pattern === 'top_up_lag' && certainty === 'likely')
      doubts.push('Varvel didn’t see the balance before, so it can’t tell when it was topped up.');
    if (pattern === 'exhausted_balance' && certainty === 'likely')
      doubts.push('There is a little balance: fal’s threshold isn’t known.');
  }
  if (pattern.endsWith('_limit')) {
    doubts.push('fal doesn’t document its words for spending controls: this is concluded from them.');
    if (siblings.tried === 0) doubts.push('There is no other key of the account here to compare with.');
  }
  return doubts;
}

/** @param kind what kind of account it is, if that is known */
export function explain(diagnosis: Diagnosis, kind: AccountKind | null): Explanation {
  const account = diagnosis.account?.nickname ?? 'the account';
  const { meaning, steps, who, page } = adviceOn(diagnosis, account);
  return {
    title: lockTitles[diagnosis.pattern],
    meaning,
    known: knownOf(diagnosis),
    doubts: doubtsOf(diagnosis),
    steps,
    who: whoCan(who, account, kind),
    page,
  };
}
