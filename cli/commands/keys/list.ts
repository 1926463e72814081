import type { KeyView } from '../../../core/model/key-view.ts';
import { defineCommand } from '../../framework/command.ts';
import { accountOption } from '../../framework/name-options.ts';
import { warnOf } from '../../framework/problems.ts';
import { day, isoTime } from '../../framework/words.ts';

const where = ({ stored, remote }: KeyView): string => {
  if (!stored) return 'only at fal';
  if (remote === null) return 'here, fal not asked';
  return remote ? 'here and at fal' : 'only here';
};

export const command = defineCommand({
  summary: 'List keys, here and at fal',
  details:
    'Lists the keys of every account that an identity, or an ADMIN key in the vault, reaches. “here and at fal” can be used; “only at fal” has no secret here; “only here” is no longer in fal’s list, so it was revoked; “fal not asked” is of an account that nothing here reaches now.',
  examples: ['varvel keys list --account falconers', 'varvel keys list --json'],
  options: {
    account: accountOption('only this account’s keys'),
  },
  positionals: [],
  async run({ output, open, signal }, { account }) {
    const varvel = await open();
    output.progress('Asking fal…');
    const { keys, problems } = await varvel.keys.list(account ?? null, signal);
    warnOf(problems, output);
    if (output.json) {
      output.document({
        keys: keys.map(({ id, alias, scope, account: owner, createdAt, stored, remote, profiles }) => ({
          id,
          alias,
          scope,
          account: owner?.nickname ?? null,
          created_at: isoTime(createdAt),
          stored,
          // the contract's word is a plain yes or no: not known is no
          remote: remote === true,
          profiles,
        })),
      });
      return 0;
    }
    if (keys.length === 0) output.note('No keys. Make one with `varvel keys create ALIAS`.');
    else {
      output.table(
        [
          { title: 'KEY', text: ({ id }) => id, style: () => 'dim' },
          { title: 'ALIAS', text: ({ alias }) => alias ?? '–', style: () => 'bold' },
          {
            title: 'SCOPE',
            text: ({ scope }) => scope ?? '?',
            style: ({ scope }) => (scope === 'ADMIN' ? 'yellow' : null),
          },
          { title: 'ACCOUNT', text: ({ account: owner }) => owner?.nickname ?? '?' },
          { title: 'MADE', text: ({ createdAt }) => day(createdAt) },
          { title: 'WHERE', text: where, style: (key) => (key.stored && key.remote ? 'green' : 'yellow') },
          { title: 'PROFILES', text: ({ profiles }) => profiles.join(', ') },
        ],
        keys,
      );
    }
    return 0;
  },
});
