import { defineCommand } from '../../framework/command.ts';
import { warnOf } from '../../framework/problems.ts';
import { kindWord } from '../../framework/words.ts';

export const command = defineCommand({
  summary: 'List the accounts you can act for',
  details:
    'Refreshes the accounts of every signed-in identity. Archived accounts are left out. A locked account shows fal’s reason. An account that two identities can act for is listed twice.',
  examples: ['varvel accounts list', 'varvel accounts list --json'],
  options: {},
  positionals: [],
  async run({ output, open, signal }) {
    const varvel = await open();
    output.progress('Refreshing accounts…');
    const { accounts, problems } = await varvel.accounts.refresh(signal);
    warnOf(problems, output);
    const identities = new Map(varvel.identities.all().map((identity) => [identity.id, identity]));
    if (output.json) {
      output.document({
        accounts: accounts.map(({ id, nickname, name, kind, identityId, lockReason }) => ({
          id,
          nickname,
          name,
          kind,
          identity: identityId,
          locked: lockReason,
        })),
      });
      return 0;
    }
    output.table(
      [
        { title: 'ACCOUNT', text: ({ nickname }) => nickname, style: () => 'bold' },
        { title: 'NAME', text: ({ name }) => name },
        { title: 'KIND', text: ({ kind }) => kindWord[kind] },
        {
          title: 'AS',
          text: ({ identityId }) => {
            const identity = identities.get(identityId);
            if (!identity) return '–';
            return identity.connection === null
              ? identity.email
              : `${identity.email} (${identity.connection})`;
          },
          style: () => 'dim',
        },
        {
          title: 'STATE',
          text: ({ lockReason }) => (lockReason === null ? '' : `locked: ${lockReason}`),
          style: () => 'red',
        },
      ],
      accounts,
    );
    return 0;
  },
});
