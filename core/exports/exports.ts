import { hasCode, VarvelError } from '../model/error.ts';
import type { Profile } from '../model/profile.ts';
import type { Ports } from '../ports.ts';
import { secretName } from '../ports.ts';

export type Exports = ReturnType<typeof createExports>;

/** The variables that carry a profile into shells, files and programs. */
export const exportedNames = ['FAL_KEY', 'FAL_HOST'];

/** Hands a profile's key out to shells, files and programs. */
export function createExports(ports: Pick<Ports, 'state' | 'secrets' | 'clock'>) {
  const { state, secrets, clock } = ports;
  return {
    /**
     * The variables of a profile: its key, and its host when it has one.
     * @throws VarvelError `not_found` for a profile without a key, or whose secret is not in the vault
     */
    async variables(profile: Profile): Promise<{ FAL_KEY: string } & Record<string, string>> {
      if (profile.keyId === null) {
        throw new VarvelError('not_found', `The profile “${profile.name}” has no key.`, {
          terminal: `Give it one: \`varvel profiles set ${profile.name} key=KEY\`, or \`varvel keys create ALIAS --profile ${profile.name}\`.`,
          window: 'Give it one under Profiles, or create one under Keys.',
        });
      }
      const key = await secrets.get(secretName.key(profile.keyId));
      if (key === null) {
        throw new VarvelError('not_found', `The secret of key ${profile.keyId} is not in this vault.`, {
          terminal:
            'It may be in the other vault (VARVEL_VAULT=keychain or file); otherwise make a new key with `varvel keys create`, since fal shows a secret once.',
          window:
            'It may be in the other vault (VARVEL_VAULT=keychain or file); otherwise create a new key under Keys, since fal shows a secret once.',
        });
      }
      return { FAL_KEY: key, ...(profile.host !== null && { FAL_HOST: profile.host }) };
    },

    /** Which files hold which keys, and how they came to; loaded late, since `varvel env` has no use for it. */
    files: async () => (await import('./files.ts')).createExportFiles(ports),

    /** Makes up for a change that open shells were not told of; see State. */
    tellShells: (): void => state.tellShells(),

    /** Writes down that a profile's key was handed out, and how; where nothing can be written, it goes on. */
    log(profile: Profile, kind: 'exported' | 'ran', detail: string): void {
      const { keyId, name } = profile;
      const account = profile.account?.nickname ?? null;
      try {
        state.activity.add({
          at: clock.now(),
          kind,
          identityId: null,
          account,
          keyId,
          profile: name,
          detail,
        });
      } catch (error) {
        if (!hasCode(error, 'storage_read_only', 'storage_full', 'state_busy')) throw error;
      }
    },
  };
}
