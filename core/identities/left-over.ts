import type { FalClients } from '../fal/clients.ts';
import { VarvelError } from '../model/error.ts';
import { type Ports, sessionOf } from '../ports.ts';
import type { Sessions } from './sessions.ts';

/**
 * What this vault still has, though it was deleted while the other vault was in use: a session is ended at fal, if fal can be
 * reached, and everything deleted here, too.
 */
export function createLeftOver(
  { secrets: { leftOver } }: Pick<Ports, 'secrets'>,
  fal: () => Promise<FalClients>,
  sessions: Sessions,
) {
  async function endSession(name: string): Promise<void> {
    const token = await leftOver?.get(name);
    if (!token) return;
    try {
      await (await fal()).signIn.revoke(token);
    } catch (error) {
      // as a sign-out while fal can't be reached
      if (!(error instanceof VarvelError)) throw error;
    }
  }

  return {
    /** Cheap: neither the vault nor the network. */
    any: (): boolean => (leftOver?.names().length ?? 0) > 0,

    /** @throws VarvelError `vault_*` */
    async finish(): Promise<void> {
      for (const name of leftOver?.names() ?? []) {
        const session = sessionOf(name);
        if (!session) await leftOver?.delete(name);
        else
          await sessions.alone(session, async () => {
            if (session.token === 'refresh') await endSession(name);
            await leftOver?.delete(name);
          });
      }
    },
  };
}
