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

/** What is on this machine. */
export interface Here {
  current: string | null;
  /** The secret half of a key in the vault; null when it isn't there. */
  secret(keyId: string): Promise<string | null>;
  /** What is known about a key, with or without its secret. */
  key(keyId: string): StoredKey | null;
  profile(name: string): Profile | null;
}

/** Compares a backup with this machine; changes nothing. */
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
  const planned = (outcome: RestoreOutcome, parts: KeyParts | null = null) => ({ key, parts, outcome });
  if (text === null) {
    return planned({ kind: 'unusable', reason: 'The backup doesn’t have its secret.' });
  }
  let parts: KeyParts;
  try {
    parts = parseKey(text);
    if (alias !== null) checkAlias(alias);
    if (parts.id !== id) throw new VarvelError('invalid', 'Its id and its secret don’t match.', '');
  } catch (error) {
    return planned({ kind: 'unusable', reason: messageOf(error) });
  }
  const [secret, known] = [await here.secret(id), here.key(id)];
  // only its secret may be missing here, and its alias may have changed
  if (secret === null) return { key: known ?? key, parts, outcome: { kind: 'new' } };
  if (secret !== parts.secret)
    return planned({ kind: 'conflict', reason: 'Already here with another secret.' });
  return planned(known ? { kind: 'same' } : { kind: 'new' }, parts);
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
  const reason = `A profile with that name is already here, with another ${differs.join(', ')}.`;
  return { profile, outcome: { kind: 'conflict', reason } };
}

function messageOf(error: unknown): string {
  if (error instanceof VarvelError) return error.message;
  throw error;
}
