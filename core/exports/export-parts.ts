import { VarvelError } from '../model/error.ts';
import type { Profile } from '../model/profile.ts';
import type { Ports } from '../ports.ts';
import { usedTwice } from './export-problems.ts';
import { createExportFiles, type Planned } from './file/files.ts';
import { profileNow } from './profile-now.ts';
import { replaceExportedKey } from './rotated/replace-key.ts';
import { underName } from './under-name.ts';

/** A profile's key, and the variable it goes to. Null is FAL_KEY, with the profile's host. */
export interface ExportedProfile {
  profile: Profile;
  variable: string | null;
}

/** A variable to set. */
export interface Part {
  exported: ExportedProfile;
  /** With its host. */
  variables: { [name: string]: string };
  variable: string;
  value: string;
}

/** With what it changes in the file, after those before it. */
export interface PlannedPart extends Part {
  planned: Planned;
}

/** What a file is to be given: profiles' keys, which may be rotated before it has them. */
export function createExportParts(
  ports: Pick<Ports, 'state' | 'secrets' | 'clock' | 'files' | 'git'>,
  variablesOf: (profile: Profile) => Promise<{ FAL_KEY: string; FAL_HOST?: string }>,
) {
  const { state } = ports;
  const kept = createExportFiles(ports);

  /** @throws VarvelError `not_found`, `vault_*`, `invalid` for a variable that is used twice */
  async function read(exported: ExportedProfile[]): Promise<Part[]> {
    const parts: Part[] = [];
    for (const one of exported) {
      const variables = underName(await variablesOf(one.profile), one.variable ?? undefined);
      const [variable = 'FAL_KEY', value = ''] = Object.entries(variables)[0] ?? [];
      if (parts.some((part) => part.variable === variable)) throw usedTwice(variable);
      parts.push({ exported: one, variables, variable, value });
    }
    return parts;
  }

  /** Gives the file the key that a profile got while the file was written. @returns the key's id */
  async function follow(path: string, { exported: { profile }, variable, value }: Part): Promise<string> {
    let from = { id: profile.keyId ?? '', text: value };
    for (;;) {
      const record = kept.recordOf(path, variable);
      const now = state.profiles.get(profile.name);
      if (!record || !now || now.keyId === null || now.keyId === from.id) return from.id;
      if (record.profile !== profile.name || !isSameBut(profile, now)) return from.id;
      const to = { id: now.keyId, text: (await variablesOf(now)).FAL_KEY };
      // a crash may come before the file has it, or before that is recorded
      state.exports.doubt(await kept.withKey(record, to.id, to.text));
      const replaced = await replaceExportedKey(ports, record, from, to);
      if (replaced.outcome === 'gone') return from.id;
      state.transaction(() => {
        if (replaced.record) state.exports.put(replaced.record);
        state.exports.settle(path, variable);
      });
      from = to;
    }
  }

  return {
    read,

    /**
     * The same with the keys that the profiles have now. Those that were read may have been revoked since.
     * @throws VarvelError as `read`, `conflict` when a profile has another account or host
     */
    async renewed(parts: Part[]): Promise<Part[]> {
      const now = parts.map(({ exported: { profile: before, variable } }) => {
        const profile = profileNow(state, before.name);
        if (!isSameBut(before, profile)) throw changedMeanwhile(before.name);
        return { profile, variable };
      });
      const isSame = parts.every(
        ({ exported }, index) => exported.profile.keyId === now[index]?.profile.keyId,
      );
      return isSame ? parts : read(now);
    },

    /**
     * Compares the profiles' keys with those that were written: a rotation may have looked at the file before.
     * @returns the ids of the keys that the file has
     * @throws VarvelError as replaceExportedKey
     */
    async followAll(path: string, parts: Part[]): Promise<string[]> {
      const keyIds: string[] = [];
      for (const part of parts) keyIds.push(await follow(path, part));
      return keyIds;
    },
  };
}

/** Whether a profile is what somebody agreed to, but for its key. */
const isSameBut = (before: Profile, now: Profile): boolean =>
  now.host === before.host &&
  (now.account === null || before.account === null || now.account.id === before.account.id);

const changedMeanwhile = (name: string) =>
  new VarvelError(
    'conflict',
    `Profile “${name}” got another account or host meanwhile, so nothing was written.`,
    'Check the profile, then export again.',
  );
