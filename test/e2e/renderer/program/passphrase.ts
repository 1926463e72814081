import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { findPlace } from '../../../../host/open.ts';
import { openIdentityFile, readIdentityFile } from '../../../../platform/vault/identity-file.ts';
import { vaultFolder } from '../../../../platform/vault/open-vault.ts';
import { sealUnderPassphrase } from '../../../../platform/vault/under-passphrase.ts';
import type { Program } from './program.ts';

/** Where the vault's own key stands, under its passphrase. */
export const identityPath = ({ machine }: Program): string =>
  join(vaultFolder(findPlace(machine.env).folder), 'identity.age');

/** Puts the passphrase vault under another passphrase: a program that has it open must ask for that. */
export async function changePassphrase(program: Program, from: string, to: string): Promise<void> {
  const path = identityPath(program);
  const file = await readIdentityFile(path);
  if (!file) throw new Error(`There is no ${path}.`);
  const identity = await openIdentityFile(file, from);
  await writeFile(path, await sealUnderPassphrase(`${identity}\n`, to, 12));
}
