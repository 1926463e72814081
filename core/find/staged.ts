import { inOtherVault } from '../model/machine/vault.ts';
import { type Ports, secretName } from '../ports.ts';
import { collect, type Findings, type FindWork } from './collect.ts';
import { readKnownKeys, refuseDamaged } from './known-keys.ts';
import { createSmallScanner } from './small-scanner.ts';

/**
 * Searches what the next commit of the repository around a folder adds or changes. It has a file of its own, since every
 * commit waits for it: it loads no more than it needs.
 * @throws VarvelError `not_found` outside of a repository, `vault_*`, `unexpected`, `cancelled`
 */
export async function findStaged(
  ports: Pick<Ports, 'state' | 'secrets' | 'sources' | 'falConfigPath'>,
  folder: string,
  work: FindWork,
): Promise<Findings> {
  // the vault and git work at the same time
  const [{ known, left }, staged] = await Promise.all([
    readKnownKeys(ports, null),
    ports.sources.staged(folder, work.signal),
  ]);
  // a commit that couldn't be searched for a key is stopped
  const { secrets, state } = ports;
  await refuseDamaged(secrets, { left });
  for (const { keyId, why } of left) {
    const other =
      why === 'no_secret' ? state.secretVaults.otherThan(secrets.kind, secretName.key(keyId)) : null;
    if (other !== null) throw inOtherVault(other, secrets.kind);
  }
  // without a key there is nothing to find, and no reason to stop one
  const scanner = createSmallScanner(known);
  const collected = collect(ports, { scanner, left, falConfig: ports.falConfigPath }, work);
  const searched = await staged.search(collected.work);
  return { ...collected.findings, searched };
}
