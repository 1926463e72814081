import { VarvelError } from '../../../core/model/error.ts';
import type { Identity } from '../../../core/model/identity.ts';
import type { Varvel } from '../../../core/varvel.ts';
import { defineCommand } from '../../framework/command.ts';
import { identityRow } from './identity-row.ts';

export const command = defineCommand({
  summary: 'Sign out, here and at fal',
  details: 'Revokes the session at fal and forgets it here. Keys, profiles and their secrets stay.',
  examples: ['varvel logout ada@example.com', 'varvel logout --all'],
  options: { all: { type: 'boolean', describe: 'sign every identity out' } },
  positionals: [{ name: 'IDENTITY', optional: true, completes: 'identities' }],
  async run({ output, open }, { all }, [wanted]) {
    const varvel = await open();
    const leaving = chosen(varvel, wanted, all === true);
    for (const identity of leaving) {
      const { revoked, reason } = await varvel.identities.signOut(identity);
      if (reason !== null) {
        output.warn(
          `The session of ${identity.email} is forgotten here, but fal could not be told: ${reason}`,
        );
      }
      if (!output.json)
        output.note(`Signed ${identity.name} <${identity.email}> out${revoked ? '' : ' here'}.`);
    }
    if (output.json) output.document({ signed_out: leaving.map(identityRow) });
    return 0;
  },
});

function chosen(varvel: Varvel, wanted: string | undefined, all: boolean): Identity[] {
  const identities = varvel.identities.all();
  if (all && wanted !== undefined) {
    throw new VarvelError('usage', '--all and an identity exclude each other.', 'Use one of them.');
  }
  if (wanted !== undefined) return [varvel.identities.find(wanted)];
  const [only, another] = identities;
  if (!only) throw new VarvelError('not_signed_in', 'Nobody is signed in.', 'There is nothing to do.');
  if (another && !all) {
    throw new VarvelError(
      'ambiguous',
      `${identities.length} identities are signed in: ${identities.map(({ email, connection }) => `${email} (${connection ?? 'unknown method'})`).join(', ')}.`,
      'Say which one, or --all.',
    );
  }
  return identities;
}
