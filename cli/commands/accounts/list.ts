import { defineCommand } from '../../framework/command.ts';
import { warnOf } from '../../framework/problems.ts';
import { kindWord } from '../../framework/words.ts';

export const command = defineCommand({
  summary: 'List the accounts you may act for',
  details:
    'Asks fal for every signed-in identity. Archived accounts are left out; a locked one is shown with fal’s reason. An account that two identities reach stands once for each.',
  options: {},
  positionals: [],
  async run({ output, open, signal }) {
    const varvel = await open();
    output.progress('Asking fal…');
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
            return identity ? `${identity.email} (${identity.connection ?? '–'})` : '–';
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
