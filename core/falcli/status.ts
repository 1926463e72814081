import type { FalcliRow, FalcliStatus } from '../model/machine/falcli.ts';
import type { Profile } from '../model/profile.ts';
import { foundKey } from '../which/facts.ts';
import { type ConfigFile, type FalConfig, isSameAccount } from './config.ts';

/** The status, with the current profile. */
export interface Status extends FalcliStatus {
  current: string | null;
}

/** What is known without fal's file. */
type Known = Pick<Status, 'inStep' | 'commentsRemembered' | 'undoable'>;

/** Compares both sides; pure. */
export function compare(
  path: string,
  { target, content, mode }: ConfigFile,
  { profiles, profile, team }: FalConfig,
  ours: { profiles: Profile[]; current: string | null } & Known,
): Status {
  const byName = new Map(ours.profiles.map((own) => [own.name, own]));
  const theirs = new Set(profiles.map(({ name }) => name));
  const rows = profiles.map(({ name, key, host }): FalcliRow => {
    const own = byName.get(name);
    const found = foundKey(key);
    const keyId = found.kind === 'key' ? found.id : null;
    const plainText = found.kind === 'key' || found.kind === 'malformed';
    if (!own) return { name, where: 'fal', keyId, ourKeyId: null, host, differs: [], plainText };
    const differs: FalcliRow['differs'] = [];
    // without a key there, nothing contradicts Varvel's
    if (plainText && keyId !== own.keyId) differs.push('key');
    if (host !== own.host) differs.push('host');
    // the team only counts for the profile in use, and only without a key
    const ownAccount = own.account?.nickname ?? null;
    if (name === profile && found.kind !== 'key' && !isSameAccount(team, ownAccount)) differs.push('account');
    return { name, where: 'both', keyId, ourKeyId: own.keyId, host, differs, plainText };
  });
  const onlyOurs = ours.profiles
    .filter(({ name }) => !theirs.has(name))
    .map(({ name, keyId, host }): FalcliRow => {
      return { name, where: 'varvel', keyId: null, ourKeyId: keyId, host, differs: [], plainText: false };
    });
  return {
    path,
    target,
    exists: content !== null,
    openToOthers: mode !== null && (mode & 0o077) !== 0,
    profile,
    current: ours.current,
    team,
    rows: [...rows, ...onlyOurs],
    inStep: ours.inStep,
    commentsRemembered: ours.commentsRemembered,
    undoable: ours.undoable,
  };
}
