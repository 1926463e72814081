import { VarvelError } from '../model/error.ts';
import type { AccountName } from '../model/fal/account.ts';
import { checkAlias } from '../model/fal/alias.ts';
import { type KeyParts, parseKey, type StoredKey } from '../model/fal/key.ts';
import { holdsSecret } from '../model/fal/misplaced-secret.ts';
import type { RestoreOutcome } from '../model/machine/restore.ts';
import { printable } from '../model/printable.ts';
import {
  checkColor,
  checkHost,
  checkNote,
  checkProfileName,
  isFalHost,
  type Profile,
} from '../model/profile.ts';
import type { BackupDocument, BackupKey, BackupProfile } from './document.ts';

export interface RestorePlan {
  keys: { key: StoredKey; parts: KeyParts | null; outcome: RestoreOutcome }[];
  profiles: { profile: Profile; outcome: RestoreOutcome }[];
  /** The profile that was current in the backup, where none is here. Restoring doesn't switch to it. */
  current: string | null;
}

/** What is on this machine. */
export interface Here {
  current: string | null;
  /** The secret half of a key in the vault; null when it isn't there, or damaged. */
  secret(keyId: string): Promise<string | null>;
  /** Whether the vault that isn't in use has the secret: it can't be compared. */
  hasOtherVault(keyId: string): boolean;
  /** What is known about a key, with or without its secret. */
  key(keyId: string): StoredKey | null;
  profile(name: string): Profile | null;
}

/** Compares a backup with this machine; changes nothing. */
export async function planRestore(document: BackupDocument, here: Here): Promise<RestorePlan> {
  const keys: RestorePlan['keys'] = [];
  for (const key of document.keys) keys.push(await planKey(key, here));
  const usable = new Set(
    keys
      .filter(
        ({ key, outcome }) =>
          outcome.kind === 'same' || (outcome.kind === 'new' && !here.hasOtherVault(key.id)),
      )
      .map(({ key }) => key.id),
  );
  const profiles = document.profiles.map((profile) =>
    // a backup that doesn't hold a key's secret can't send it to a host of its own
    planProfile(profile, here, (id, host) => usable.has(id) || (host === null && here.key(id) !== null)),
  );
  const comes = profiles.some(
    ({ profile, outcome }) =>
      profile.name === document.current && (outcome.kind === 'new' || outcome.kind === 'same'),
  );
  return { keys, profiles, current: here.current === null && comes ? document.current : null };
}

/** The hosts in a plan that aren't fal's, each once. */
export const foreignHosts = ({ profiles }: RestorePlan): string[] => [
  ...new Set(profiles.flatMap(({ outcome }) => (outcome.kind === 'foreign_host' ? [outcome.host] : []))),
];

/** The plan with the profiles of these hosts, which the user has allowed. */
export const withHosts = (plan: RestorePlan, allowed: readonly string[]): RestorePlan => ({
  ...plan,
  profiles: plan.profiles.map(({ profile, outcome }) => ({
    profile,
    outcome: outcome.kind === 'foreign_host' && allowed.includes(outcome.host) ? { kind: 'new' } : outcome,
  })),
});

/** What a backup says of an account is shown until fal says better. */
function checkAccount({ id, nickname }: AccountName): void {
  const isName = (text: string) => text.length <= 255 && printable(text) === text;
  if (isName(id) && isName(nickname)) return;
  throw new VarvelError('invalid', 'The name of its account can’t be one.', '');
}

/** An alias or a note, or none where a key was pasted once: what it belongs to is restored all the same. */
const withoutKey = (text: string | null): string | null => (text !== null && holdsSecret(text) ? null : text);

async function planKey(
  { id, alias: saved, scope, account, created_at: createdAt, key: text }: BackupKey,
  here: Here,
): Promise<RestorePlan['keys'][number]> {
  const alias = withoutKey(saved);
  const key: StoredKey = { id, alias, scope, account, createdAt };
  const planned = (outcome: RestoreOutcome, parts: KeyParts | null = null) => ({ key, parts, outcome });
  if (text === null) {
    return planned({ kind: 'unusable', reason: 'The backup doesn’t have its secret.' });
  }
  let parts: KeyParts;
  try {
    parts = parseKey(text);
    if (alias !== null) checkAlias(alias);
    if (account !== null) checkAccount(account);
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
  { name, account, key_id: keyId, host, color, note: saved }: BackupProfile,
  here: Here,
  hasKey: (keyId: string, foreignHost: string | null) => boolean,
): RestorePlan['profiles'][number] {
  const note = withoutKey(saved);
  const profile: Profile = { name, account, keyId, host, color, note };
  try {
    checkProfileName(name);
    checkColor(color);
    if (host !== null) checkHost(host);
    if (note !== null) checkNote(note);
    if (account !== null) checkAccount(account);
  } catch (error) {
    return { profile, outcome: { kind: 'unusable', reason: messageOf(error) } };
  }
  const there = here.profile(name);
  if (!there) {
    const foreign = host === null || isFalHost(host) ? null : host;
    const kept = keyId !== null && hasKey(keyId, foreign) ? keyId : null;
    return {
      profile: { ...profile, keyId: kept },
      outcome: foreign === null ? { kind: 'new' } : { kind: 'foreign_host', host: foreign },
    };
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
