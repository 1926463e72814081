import { VarvelError } from '../model/error.ts';
import { checkAlias, type KeyParts, parseKey, type StoredKey } from '../model/key.ts';
import { checkColor, checkHost, checkNote, checkProfileName, type Profile } from '../model/profile.ts';
import type { RestoreOutcome } from '../model/restore.ts';
import type { BackupDocument, BackupKey, BackupProfile } from './document.ts';

export interface RestorePlan {
  keys: { key: StoredKey; parts: KeyParts | null; outcome: RestoreOutcome }[];
  profiles: { profile: Profile; outcome: RestoreOutcome }[];
  /** The profile that becomes current, where none is. */
  current: string | null;
}

/** What is here. */
export interface Here {
  current: string | null;
  /** The secret half of a key in the vault; null when it isn't there. */
  secret(keyId: string): Promise<string | null>;
  /** What is known of a key, with or without its secret. */
  key(keyId: string): StoredKey | null;
  profile(name: string): Profile | null;
}

/** Compares a backup with what is here; changes nothing. */
export async function planRestore(document: BackupDocument, here: Here): Promise<RestorePlan> {
  const keys: RestorePlan['keys'] = [];
  for (const key of document.keys) keys.push(await planKey(key, here));
  const usable = new Set(
    keys.filter(({ outcome }) => outcome.kind === 'new' || outcome.kind === 'same').map(({ key }) => key.id),
  );
  const profiles = document.profiles.map((profile) =>
    planProfile(profile, here, (id) => usable.has(id) || here.key(id) !== null),
  );
  const comes = profiles.some(
    ({ profile, outcome }) =>
      profile.name === document.current && (outcome.kind === 'new' || outcome.kind === 'same'),
  );
  return { keys, profiles, current: here.current === null && comes ? document.current : null };
}

async function planKey(
  { id, alias, scope, account, created_at: createdAt, key: text }: BackupKey,
  here: Here,
): Promise<RestorePlan['keys'][number]> {
  const key: StoredKey = { id, alias, scope, account, createdAt };
  const ended = (outcome: RestoreOutcome, parts: KeyParts | null = null) => ({ key, parts, outcome });
  if (text === null) {
    return ended({ kind: 'unusable', reason: 'Its secret was not in the vault when the backup was made.' });
  }
  let parts: KeyParts;
  try {
    parts = parseKey(text);
    if (alias !== null) checkAlias(alias);
    if (parts.id !== id) throw new VarvelError('invalid', 'Its id is not that of its secret.', '');
  } catch (error) {
    return ended({ kind: 'unusable', reason: messageOf(error) });
  }
  const [secret, known] = [await here.secret(id), here.key(id)];
  // it may have lost its secret here, and have another alias by now
  if (secret === null) return { key: known ?? key, parts, outcome: { kind: 'new' } };
  if (secret !== parts.secret) return ended({ kind: 'conflict', reason: 'It is here with another secret.' });
  return ended(known ? { kind: 'same' } : { kind: 'new' }, parts);
}

function planProfile(
  { name, account, key_id: keyId, host, color, note }: BackupProfile,
  here: Here,
  hasKey: (keyId: string) => boolean,
): RestorePlan['profiles'][number] {
  const profile: Profile = { name, account, keyId, host, color, note };
  try {
    checkProfileName(name);
    checkColor(color);
    if (host !== null) checkHost(host);
    if (note !== null) checkNote(note);
  } catch (error) {
    return { profile, outcome: { kind: 'unusable', reason: messageOf(error) } };
  }
  const there = here.profile(name);
  if (!there) {
    const kept = keyId !== null && hasKey(keyId) ? keyId : null;
    return { profile: { ...profile, keyId: kept }, outcome: { kind: 'new' } };
  }
  const differs = [
    there.keyId !== keyId && 'key',
    there.account?.id !== account?.id && 'account',
    there.host !== host && 'host',
    there.color !== color && 'colour',
    there.note !== note && 'note',
  ].filter((what) => what !== false);
  if (differs.length === 0) return { profile, outcome: { kind: 'same' } };
  const reason = `A profile of that name is here with another ${differs.join(', ')}.`;
  return { profile, outcome: { kind: 'conflict', reason } };
}

function messageOf(error: unknown): string {
  if (error instanceof VarvelError) return error.message;
  throw error;
}
