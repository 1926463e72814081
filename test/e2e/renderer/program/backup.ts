import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type BackupDocument, type BackupKey, encodeBackup } from '../../../../core/backup/document.ts';
import type { StoredKey } from '../../../../core/model/fal/key.ts';
import { secretName } from '../../../../core/ports.ts';
import { sealUnderPassphrase } from '../../../../platform/vault/under-passphrase.ts';
import { strayKey } from './files.ts';
import type { Machine } from './machine.ts';
import type { Program } from './program.ts';

export const backupPassphrase = 'correct horse battery staple';

/** A backup at ~/there.age: a key and a profile that are gone, the key of staging, and staging with another key. */
export async function makeThere({ machine, secrets, varvel }: Program): Promise<void> {
  const { keyId, ...staging } = varvel().profiles.get('staging');
  const kept = varvel().keys.find(keyId ?? '');
  const gone = strayKey();
  const [goneId = ''] = gone.split(':');
  const backedUp = ({ createdAt, ...key }: Omit<StoredKey, 'id'>, text: string): BackupKey => ({
    ...key,
    id: text.split(':')[0] ?? '',
    created_at: createdAt,
    key: text,
  });
  await writeThere(machine, {
    environment: varvel().environment.name,
    keys: [backedUp(kept, gone), backedUp(kept, secrets.entries.get(secretName.key(kept.id)) ?? '')],
    profiles: [
      { ...staging, name: 'lost', key_id: goneId },
      { ...staging, key_id: goneId },
    ],
  });
}

/** A backup at ~/there.age of one profile that is gone. */
export const makeSmallThere = (program: Program): Promise<void> => makeProfileThere(program, null);

/** A backup at ~/there.age of one profile, with this host. */
export const makeProfileThere = ({ machine, varvel }: Program, host: string | null): Promise<void> =>
  writeThere(machine, {
    environment: varvel().environment.name,
    keys: [],
    profiles: [{ name: 'lost', account: null, key_id: null, host, color: 'brass', note: null }],
  });

async function writeThere(
  { home }: Machine,
  content: Pick<BackupDocument, 'environment' | 'keys' | 'profiles'>,
): Promise<void> {
  const made_at = new Date().toISOString();
  const text = encodeBackup({ varvel_backup: 1, made_at, current: null, ...content });
  await writeFile(join(home, 'there.age'), await sealUnderPassphrase(text, backupPassphrase, 12));
}
