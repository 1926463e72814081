import { VarvelError } from '../../../core/model/error.ts';
import type { BudgetSubject } from '../../../core/model/fal/budget.ts';
import type { Varvel } from '../../../core/varvel.ts';
import type { Context } from '../../framework/command.ts';
import { accountOption, profileOption } from '../../framework/name-options.ts';

/** The options that say what a budget is for. */
export const subjectOptions = {
  account: accountOption('a budget for all of an account'),
  profile: profileOption('a budget for the key of a profile, and those it replaced'),
  key: { type: 'string', value: 'KEY', completes: 'keys', describe: 'a budget for one key' },
} as const;

interface SubjectValues {
  account?: string;
  profile?: string;
  key?: string;
}

/** What a budget is for. @throws VarvelError `usage` unless exactly one is named, `not_found` */
export async function budgetSubject(
  varvel: Varvel,
  { account, profile, key }: SubjectValues,
  { signal }: Pick<Context, 'signal'>,
): Promise<BudgetSubject> {
  if ([account, profile, key].filter((given) => given !== undefined).length !== 1) {
    throw new VarvelError(
      'usage',
      'A budget is for one account, profile or key.',
      'Add --account A, --profile P or --key K.',
    );
  }
  if (profile !== undefined) return { kind: 'profile', profile: varvel.profiles.get(profile).name };
  if (key !== undefined) return { kind: 'key', keyId: varvel.keys.find(key).id };
  return { kind: 'account', account: await accountNamed(varvel, account ?? '', signal) };
}

/** An account that is known by a sign-in, or by one of its keys here. */
async function accountNamed(varvel: Varvel, text: string, signal: AbortSignal) {
  const [known] = varvel.keys.all(text).flatMap(({ account }) => account ?? []);
  if (known) return known;
  const { id, nickname } = await varvel.accounts.find(text, signal);
  return { id, nickname };
}
