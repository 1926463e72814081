import type { FalClients } from '../fal/clients.ts';
import { type Ports, secretName } from '../ports.ts';

export type LeftOver = ReturnType<typeof createLeftOver>;

/**
 * What this vault still has, though it was deleted while the other vault was in use: a session is ended at fal, and
 * everything deleted here, too.
 */
export function createLeftOver(
  { state, secrets }: Pick<Ports, 'state' | 'secrets'>,
  fal: () => Promise<FalClients>,
) {
  const names = (): string[] => state.secretVaults.leftOver(secrets.kind);

  return {
    /** Cheap: neither the vault nor the network. */
    any: (): boolean => names().length > 0,

    /** @throws VarvelError `vault_*`, and what fal answers; the rest is done the next time */
    async finish(): Promise<void> {
      for (const name of names()) {
        if (secretName.isRefreshToken(name)) {
          const token = await secrets.get(name);
          if (token !== null) await (await fal()).signIn.revoke(token);
        }
        await secrets.delete(name);
      }
    },
  };
}
