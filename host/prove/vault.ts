import { randomBytes } from 'node:crypto';
import { mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { SecretStore } from '../../core/ports.ts';
import { openVault } from '../../platform/vault/open-vault.ts';
import { type Bench, holds } from './bench.ts';
import { filesWith, randomKey } from './secrets.ts';

/** A vault of this machine's kind, empty. A passphrase vault has a random passphrase. */
async function emptyVault({ folder, vault, env }: Bench): Promise<SecretStore> {
  mkdirSync(join(folder, 'fal'), { recursive: true, mode: 0o700 });
  return openVault({
    kind: vault,
    folder: join(folder, 'fal'),
    env: { ...env, VARVEL_PASSPHRASE: randomBytes(24).toString('hex') },
    ask: false,
  });
}

const count = 10;

export async function proveVault(bench: Bench): Promise<string> {
  const vault = await emptyVault(bench);
  const secrets = Array.from({ length: count }, (_, n) => ({ name: `key/${n}`, secret: randomKey() }));
  try {
    holds((await vault.get('key/0')) === null, 'An empty vault returned a secret.');
    for (const { name, secret } of secrets) await vault.set(name, secret);
    for (const { name, secret } of secrets)
      holds((await vault.get(name)) === secret, 'The vault returned another secret than it was given.');
    holds((await vault.names()).length === count, 'The vault doesn’t list what it holds.');
    // the keychain has files of its own elsewhere
    for (const { secret } of secrets)
      holds(filesWith(bench.folder, secret).length === 0, 'A secret is in a file, in readable form.');
  } finally {
    for (const { name } of secrets) await vault.delete(name);
    if (vault.kind === 'keychain') {
      // loaded only where it is used, as everywhere
      const { sentinelName } = await import('../../platform/vault/keychain.ts');
      await vault.delete(sentinelName);
    }
  }
  const kind = vault.kind === 'keychain' ? 'keychain' : 'passphrase vault';
  return `${count} secrets stored, read and deleted in a ${kind} of their own`;
}

/** A backup and a passphrase vault are files: neither may show a secret. */
export async function proveVaultFiles(bench: Bench): Promise<string> {
  const vault = await emptyVault({ ...bench, vault: 'file', folder: join(bench.folder, 'files') });
  const secrets = Array.from({ length: count }, randomKey);
  for (const [n, secret] of secrets.entries()) await vault.set(`key/${n}`, secret);
  const files = readdirSync(join(bench.folder, 'files'), { recursive: true }).length;
  const halves = secrets.flatMap((secret) => [secret, secret.slice(secret.indexOf(':') + 1)]);
  for (const half of halves)
    holds(filesWith(bench.folder, half).length === 0, 'A secret is in a file, in readable form.');
  return `${halves.length} secrets and halves searched in ${files} files in six forms: none found`;
}
