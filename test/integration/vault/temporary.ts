import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createFileVault } from '../../../platform/vault/file-vault.ts';
import { createIdentityFile } from '../../../platform/vault/identity-file.ts';
import { vaultFolder } from '../../../platform/vault/open-vault.ts';

export const passphrase = 'correct horse battery staple';

/** A data folder that goes away with its scope. */
export async function temporaryFolder(): Promise<{ folder: string } & AsyncDisposable> {
  const folder = await mkdtemp(join(tmpdir(), 'vv-'));
  return { folder, [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }) };
}

/** The identity file of this test file's vaults; made once, since scrypt is slow on purpose. */
let shared: Promise<{ content: Buffer; identity: string }> | null = null;

async function makeIdentity() {
  await using home = await temporaryFolder();
  const path = join(home.folder, 'identity.age');
  const made = await createIdentityFile(path, passphrase);
  if (made === null) throw new Error('the vault has no identity');
  return { content: await readFile(path), identity: made.identity };
}

/** A passphrase vault that is set up and open, with its identity; `own` when it may not be that of another vault. */
export async function temporaryVault(identityOf: 'own' | 'shared' = 'shared') {
  const { folder, ...rest } = await temporaryFolder();
  shared ??= makeIdentity();
  const { content, identity } = identityOf === 'own' ? await makeIdentity() : await shared;
  const fingerprint = createHash('sha256').update(content).digest('hex');
  const vault = vaultFolder(folder);
  const items = join(vault, 'items');
  await mkdir(items, { recursive: true, mode: 0o700 });
  await writeFile(join(vault, 'identity.age'), content, { mode: 0o600 });
  const store = createFileVault({
    folder: vault,
    agent: async (asked) => (asked === fingerprint ? identity : null),
    passphrase: async () => passphrase,
  });
  const itemFiles = async () => (await readdir(items)).map((name) => join(items, name));
  return { ...rest, folder, vault, store, identity, fingerprint, itemFiles };
}
