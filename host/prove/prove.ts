import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { VarvelError } from '../../core/model/error.ts';
import type { Proof } from '../../core/model/machine/proof.ts';
import { type Bench, Broken, Lacking } from './bench.ts';
import { proveFiles } from './files.ts';
import { proveGit } from './git.ts';
import { proveKeys } from './keys.ts';
import { proveModes } from './modes.ts';
import { proveNetwork } from './network.ts';
import { proveShells } from './shells.ts';
import { proveDamage, proveLog } from './state.ts';
import { proveVault, proveVaultFiles } from './vault.ts';
import { proveWriters } from './writers.ts';

/** What is tried, in order. Each returns what it counted. */
const proofs: { promise: number; says: string; run(bench: Bench): Promise<string> }[] = [
  { promise: 1, says: 'The vault returns what it stored, and tells missing from locked', run: proveVault },
  { promise: 3, says: 'No file has a secret in readable form', run: proveVaultFiles },
  { promise: 7, says: 'What isn’t a key is refused', run: proveKeys },
  { promise: 11, says: 'What was acknowledged is stored, whoever is killed', run: proveWriters },
  { promise: 12, says: 'A damaged database is set aside, byte for byte', run: proveDamage },
  { promise: 13, says: 'Other programs’ files keep all but the change', run: proveFiles },
  { promise: 14, says: 'Varvel’s files are closed to others', run: proveModes },
  { promise: 18, says: 'This machine’s shells read back what was written', run: proveShells },
  { promise: 19, says: 'A redirect doesn’t get the key', run: proveNetwork },
  { promise: 20, says: 'A hostile repository runs nothing', run: proveGit },
  { promise: 0, says: 'A changed line of the activity log is noticed', run: proveLog },
];

/**
 * Tries the promises that can be tried here within a minute. Works in a temporary folder and, with the keychain, under a
 * service of its own there; your own data is only read.
 * @param found receives each result as soon as there is one
 */
export async function prove(given: Omit<Bench, 'folder'>, found: (proof: Proof) => void): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'varvel-prove-'));
  try {
    for (const { promise, says, run } of proofs)
      found({ promise, says, ...(await outcome(() => run({ ...given, folder }))) });
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 3 });
  }
}

async function outcome(run: () => Promise<string>): Promise<Pick<Proof, 'state' | 'message'>> {
  try {
    return { state: 'held', message: await run() };
  } catch (error) {
    if (error instanceof Lacking) return { state: 'skipped', message: error.message };
    if (error instanceof Broken || error instanceof VarvelError)
      return { state: 'broken', message: error.message };
    throw error;
  }
}
