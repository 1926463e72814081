import { createHash, randomBytes } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { profileColors } from '../../../../core/model/profile.ts';
import type { State } from '../../../../core/ports/state.ts';
import { type SecretStore, secretName } from '../../../../core/ports.ts';
import type { KnownKeys } from './ada.ts';
import type { Machine } from './machine.ts';

const markup =
  '<img src=x onerror="alert(1)"><b>bold</b> & "quotes" <script>alert(2)</script> \u202Eesrever ';

const letters = 'abcdefghij-klmnopqrst.uvwxyz_0123456789-ABCDEFGHIJKLMNOPQRSTUVWXYZ';

/** As long as a name may be. */
const nameOf = (index: number): string => `p${String(index).padStart(5, '0')}-${letters.slice(0, 57)}`;

interface Parts {
  state: State;
  vault: SecretStore;
  keys: KnownKeys;
  machine: Machine;
}

/**
 * Thousands of profiles, with names of 64 characters and notes full of markup. Every third is exported into a file of
 * its own, every fifth has a folder pinned to it.
 */
export async function fillWithManyProfiles(
  { state, vault, keys, machine }: Parts,
  count: number,
): Promise<void> {
  for (const { key, text } of keys.all) await vault.set(secretName.key(key.id), text);
  const indexes = Array.from({ length: count }, (_, index) => index);
  const exported = indexes.filter((index) => index > 0 && index % 3 === 0);
  const pinned = indexes.filter((index) => index > 0 && index % 5 === 0);
  const keyAt = (index: number) => keys.all[index % keys.all.length];
  const folderOf = (index: number): string => join(machine.home, 'p', String(index));
  const fileOf = (index: number): string => join(folderOf(index), '.env');
  for (const index of new Set([...exported, ...pinned])) await mkdir(folderOf(index), { recursive: true });
  for (const index of exported) await writeFile(fileOf(index), `FAL_KEY=${keyAt(index)?.text}\n`);
  for (const index of pinned)
    await writeFile(join(folderOf(index), '.varvel'), `profile = "${nameOf(index)}"\n`);
  const at = Date.now();
  state.transaction(() => {
    for (const { key } of keys.all) state.keys.put(key);
    for (const index of indexes) {
      const { key } = keyAt(index) ?? {};
      state.profiles.put({
        name: nameOf(index),
        account: key?.account ?? null,
        keyId: key?.id ?? null,
        host: null,
        color: profileColors[index % profileColors.length] ?? 'brass',
        note: markup.repeat(3),
      });
    }
    for (const index of exported) {
      const { key, text } = keyAt(index) ?? { text: '' };
      const salt = randomBytes(16).toString('hex');
      state.exports.put({
        path: fileOf(index),
        variable: 'FAL_KEY',
        format: 'dotenv',
        profile: nameOf(index),
        keyId: key?.id ?? '',
        salt,
        hash: createHash('sha256').update(`${salt}:${text}`).digest('hex'),
        undo: null,
        at,
      });
    }
    for (const index of pinned) state.pins.put({ folder: folderOf(index), profile: nameOf(index) });
    state.profiles.setCurrent(nameOf(0));
  });
}
