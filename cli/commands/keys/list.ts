import type { KeyView } from '../../../core/model/key-view.ts';
import { defineCommand } from '../../framework/command.ts';
import { accountOption } from '../../framework/name-options.ts';
import { warnOf } from '../../framework/problems.ts';
import { age, day, idStart, isoTime, left } from '../../framework/words.ts';

const where = ({ stored, remote }: KeyView): string => {
  if (!stored) return 'only at fal';
  if (remote === null) return 'here, not checked with fal';
  return remote ? 'here and at fal' : 'only here';
};

/** How old a key is, and when a temporary one ends or another one is to be rotated. */
function ageWords({ createdAt, expiresAt, rotateBy: { dueAt } }: KeyView, now: number): string {
  const old = createdAt === null ? '–' : age(createdAt, now);
  if (expiresAt !== null) return `${old}, ${expiresAt <= now ? 'ended' : `ends in ${left(expiresAt, now)}`}`;
  if (dueAt === null) return old;
  return `${old}, ${dueAt <= now ? `rotate: ${age(dueAt, now)} overdue` : `rotate by ${day(dueAt)}`}`;
}

export const command = defineCommand({
  summary: 'List keys here and at fal',
  details:
    'Lists the keys of every account that you can reach with a sign-in or an ADMIN key. AGE also says when a temporary key is revoked, and by when to rotate a key with a reminder. WHERE says if you can use a key: “here and at fal” works, “only at fal” has no secret here, “only here” was revoked at fal, and “not checked with fal” belongs to an account that can’t be reached now.',
  examples: ['varvel keys list --account falconers', 'varvel keys list --json'],
  options: {
    account: accountOption('show only this account’s keys'),
  },
  positionals: [],
  async run({ output, open, signal }, { account }) {
    const varvel = await open();
    output.progress('Refreshing keys…');
    const { keys, problems } = await varvel.keys.list(account ?? null, signal);
    warnOf(problems, output);
    if (output.json) {
      output.document({
        keys: keys.map(
          ({
            id,
            alias,
            scope,
            account: owner,
            createdAt,
            stored,
            remote,
            profiles,
            expiresAt,
            rotateBy,
          }) => ({
            id,
            alias,
            scope,
            account: owner?.nickname ?? null,
            created_at: isoTime(createdAt),
            stored,
            // the contract has only yes and no: unknown is no
            remote: remote === true,
            profiles,
            expires_at: isoTime(expiresAt),
            rotate_by: isoTime(rotateBy.dueAt),
          }),
        ),
      });
      return 0;
    }
    if (keys.length === 0) output.note('No keys. Create one with `varvel keys create ALIAS`.');
    else {
      const now = Date.now();
      output.table(
        [
          { title: 'KEY', text: ({ id }) => id, short: ({ id }) => idStart(id), style: () => 'dim' },
          { title: 'ALIAS', text: ({ alias }) => alias ?? '–', style: () => 'bold' },
          {
            title: 'SCOPE',
            text: ({ scope }) => scope ?? '?',
            style: ({ scope }) => (scope === 'ADMIN' ? 'yellow' : null),
          },
          { title: 'ACCOUNT', text: ({ account: owner }) => owner?.nickname ?? '?' },
          { title: 'CREATED', text: ({ createdAt }) => day(createdAt) },
          { title: 'WHERE', text: where, style: (key) => (key.stored && key.remote ? 'green' : 'yellow') },
          { title: 'PROFILES', text: ({ profiles }) => profiles.join(', ') },
          {
            title: 'AGE',
            text: (key) => ageWords(key, now),
            style: ({ rotateBy: { dueAt } }) => (dueAt !== null && dueAt <= now ? 'yellow' : null),
          },
        ],
        keys,
      );
    }
    return 0;
  },
});
