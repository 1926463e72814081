import { VarvelError } from '../../../core/model/error.ts';
import { defineCommand } from '../../framework/command.ts';
import { identityRow } from './identity-row.ts';

export const command = defineCommand({
  summary: 'Show who is signed in',
  details: 'Shows the identities on this machine, without asking fal.',
  examples: ['varvel whoami'],
  options: {},
  positionals: [],
  async run({ output, open }) {
    const varvel = await open();
    const identities = varvel.identities.all();
    if (output.json) {
      output.document({ identities: identities.map(identityRow) });
      return 0;
    }
    if (identities.length === 0) {
      throw new VarvelError('not_signed_in', 'Nobody is signed in.', { action: 'sign_in', connection: null });
    }
    output.table(
      [
        { title: 'NAME', text: ({ name }) => name, style: () => 'bold' },
        { title: 'E-MAIL', text: ({ email }) => email },
        { title: 'METHOD', text: ({ connection }) => connection ?? '–' },
        {
          title: 'SESSION',
          text: ({ signedIn }) => (signedIn ? 'signed in' : 'ended'),
          style: ({ signedIn }) => (signedIn ? 'green' : 'yellow'),
        },
        { title: 'ID', text: ({ id }) => id, style: () => 'dim' },
      ],
      identities,
    );
    return 0;
  },
});
