import { VarvelError } from '../model/error.ts';
import { type KeyParts, parseKey } from '../model/fal/key.ts';
import { holdsSecret } from '../model/fal/misplaced-secret.ts';
import type { ImportStep } from '../model/machine/falcli.ts';
import { checkHost, checkProfileName } from '../model/profile.ts';
import type { FalProfile } from './config.ts';

/** A step with what it imports, which may be a secret. */
export type PlannedImport =
  | (Extract<ImportStep, { kind: 'new' | 'name' }> & { parts: KeyParts | null; host: string | null })
  | Exclude<ImportStep, { kind: 'new' | 'name' }>;

/** A step without secrets, to show. */
export function shownStep(step: PlannedImport): ImportStep {
  if (step.kind !== 'new' && step.kind !== 'name') return step;
  const { parts: _parts, host: _host, ...shown } = step;
  return shown;
}

export interface Ours {
  profile(name: string): { keyId: string | null; host: string | null } | null;
  /** The secret of a key that is here; null when it isn't. */
  secret(keyId: string): Promise<string | null>;
}

/** Plans the import of fal's profiles; changes nothing. */
export async function planImport(profiles: FalProfile[], ours: Ours): Promise<PlannedImport[]> {
  const taken = new Set(profiles.map(({ name }) => name));
  const steps: PlannedImport[] = [];
  for (const profile of profiles) steps.push(await stepOf(profile, ours, taken));
  return steps;
}

async function stepOf(
  { name, key, host }: FalProfile,
  ours: Ours,
  taken: Set<string>,
): Promise<PlannedImport> {
  let parts: KeyParts | null = null;
  try {
    parts = key === null ? null : parseKey(key);
  } catch (error) {
    if (!(error instanceof VarvelError)) throw error;
    return { name, keyId: null, kind: 'unusable', reason: error.message };
  }
  const keyId = parts?.id ?? null;
  if (parts) {
    const secret = await ours.secret(parts.id);
    if (secret !== null && secret !== parts.secret) {
      return {
        name,
        keyId,
        kind: 'conflict',
        reason: `Key ${parts.id} is already here with another secret.`,
      };
    }
  }
  const usable = host === null || accepts(checkHost, host);
  const importable = { parts, host: usable ? host : null };
  if (!accepts(checkProfileName, name)) {
    const before = ours.profile(proposeName(name, () => false));
    // already imported, under the name that was proposed then
    if (before && before.keyId === keyId && before.host === importable.host)
      return { name, keyId, kind: 'same' };
    const proposal = proposeName(name, (wanted) => taken.has(wanted) || ours.profile(wanted) !== null);
    taken.add(proposal);
    return { name, keyId, kind: 'name', proposal, ...importable };
  }
  const there = ours.profile(name);
  if (!there) {
    const note = usable ? null : 'Its host is not valid and is left out.';
    return { name, keyId, kind: 'new', as: name, ...importable, note };
  }
  if (there.keyId === keyId && there.host === host) return { name, keyId, kind: 'same' };
  const what = there.keyId === keyId ? 'another host' : `another key (${there.keyId ?? 'none'})`;
  return { name, keyId, kind: 'conflict', reason: `A profile with that name is already here, with ${what}.` };
}

function accepts(check: (text: string) => unknown, text: string): boolean {
  try {
    check(text);
    return true;
  } catch (error) {
    if (error instanceof VarvelError) return false;
    throw error;
  }
}

/** A similar name that is valid and not taken. */
export function proposeName(name: string, isTaken: (name: string) => boolean): string {
  // a key in place of a name would be cut and kept
  const plain = (holdsSecret(name) ? '' : name)
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/[^A-Za-z0-9._-]+/g, '-')
    .replace(/^[^A-Za-z0-9]+|[-._]+$/g, '')
    .slice(0, 60);
  const base = plain === '' ? 'fal' : plain;
  for (let number = 1; ; number += 1) {
    const proposal = number === 1 ? base : `${base}-${number}`;
    if (!isTaken(proposal)) return proposal;
  }
}
