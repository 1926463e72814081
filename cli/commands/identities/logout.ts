import { VarvelError } from '../../../core/model/error.ts';
import type { Identity } from '../../../core/model/fal/identity.ts';
import type { Varvel } from '../../../core/varvel.ts';
import { confirmOnTerminal } from '../../framework/ask.ts';
import { defineCommand } from '../../framework/command.ts';
import { yesOption } from '../../framework/name-options.ts';
import { identityRow } from './identity-row.ts';

export const command = defineCommand({
  summary: 'Sign out here and at fal',
  details: 'Ends the session at fal and deletes it here. Keys, profiles and secrets stay.',
  examples: ['varvel logout ada@example.com', 'varvel logout --all'],
  options: { all: { type: 'boolean', describe: 'sign out every identity' }, yes: yesOption },
  positionals: [{ name: 'IDENTITY', optional: true, completes: 'identities' }],
  async run(context, { all, yes }, [wanted]) {
    const { output, open } = context;
    const varvel = await open();
    const leaving = chosen(varvel, wanted, all === true);
    if (leaving.length > 1)
      await confirmOnTerminal(`All ${leaving.length} identities will be signed out.`, yes, context);
    for (const identity of leaving) {
      const { revoked, reason } = await varvel.identities.signOut(identity);
      if (reason !== null) {
        output.warn(`Signed out ${identity.email} here only. fal couldn’t end the session: ${reason}`);
      }
      if (!output.json)
        output.done(`Signed out ${identity.name} <${identity.email}>${revoked ? '' : ' here'}.`);
    }
    if (output.json) output.document({ signed_out: leaving.map(identityRow) });
    return 0;
  },
});

function chosen(varvel: Varvel, wanted: string | undefined, all: boolean): Identity[] {
  const identities = varvel.identities.all();
  if (all && wanted !== undefined) {
    throw new VarvelError(
      'usage',
      'Use either --all or an identity.',
      'Run `varvel logout --help` for usage.',
    );
  }
  if (wanted !== undefined) return [varvel.identities.find(wanted)];
  const [only, another] = identities;
  if (!only)
    throw new VarvelError('not_signed_in', 'Nobody is signed in.', 'There is nothing to sign out of.');
  if (another && !all) {
    throw new VarvelError(
      'ambiguous',
      `${identities.length} identities are signed in: ${identities.map(({ email, connection }) => `${email} (${connection ?? 'unknown method'})`).join(', ')}.`,
      'Name one, or use --all.',
    );
  }
  return identities;
}
