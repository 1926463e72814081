import { createLog } from '../activity/log.ts';
import { profileWithoutKey, secretMissing } from '../keys/missing.ts';
import { isNotWritable } from '../model/error.ts';
import type { StoredKey } from '../model/fal/key.ts';
import type { Profile } from '../model/profile.ts';
import type { Ports } from '../ports.ts';
import { secretName } from '../ports.ts';
import type { ExportTarget } from './file/file-export.ts';
import type { ExportedFile } from './formats/exported-file.ts';
import type { GithubExports } from './github/github.ts';

export type Exports = ReturnType<typeof createExports>;

/** The variables that carry a profile into shells, files and programs. */
export const exportedNames = ['FAL_KEY', 'FAL_HOST'];

/** Gives a profile's key to shells, files and programs. */
export function createExports(
  ports: Pick<Ports, 'state' | 'secrets' | 'clock' | 'files' | 'git' | 'github' | 'locks' | 'falConfigPath'>,
) {
  const { state, secrets } = ports;
  const addToLog = createLog(ports);
  async function secretOf(keyId: string): Promise<string> {
    const key = await secrets.get(secretName.key(keyId));
    if (key !== null) return key;
    throw secretMissing(keyId);
  }

  /**
   * The variables of a profile: its key, and its host when it has one.
   * @throws VarvelError `not_found` for a profile without a key, or whose secret is not in the vault
   */
  async function variables(profile: Profile): Promise<{ FAL_KEY: string } & Record<string, string>> {
    if (profile.keyId === null) throw profileWithoutKey(profile.name);
    const FAL_KEY = await secretOf(profile.keyId);
    return { FAL_KEY, ...(profile.host !== null && { FAL_HOST: profile.host }) };
  }

  /**
   * Logs that a key was given out, and how. When nothing can be written, it goes on.
   * @param from the key's profile, or a key without a profile
   */
  function log(from: Profile | StoredKey, kind: 'exported' | 'ran', detail: string): void {
    const [keyId, name] = 'name' in from ? [from.keyId, from.name] : [from.id, null];
    const account = from.account?.nickname ?? null;
    try {
      addToLog({
        kind,
        account,
        keyId,
        profile: name,
        detail,
      });
    } catch (error) {
      if (!isNotWritable(error)) throw error;
    }
  }

  /** Loaded late: `varvel env` doesn't need it. */
  async function loadFiles() {
    const [{ createExportFiles }, fileExport] = await Promise.all([
      import('./file/files.ts'),
      import('./file/file-export.ts'),
    ]);
    return { kept: createExportFiles(ports), ...fileExport };
  }

  return {
    variables,

    /** The variable for a key without a profile. @throws VarvelError `not_found` when it is not in the vault */
    variablesOfKey: async ({ id }: StoredKey): Promise<{ FAL_KEY: string }> => ({
      FAL_KEY: await secretOf(id),
    }),

    /**
     * A file to write a key to, or to undo an export in.
     * @param path absolute
     * @throws VarvelError `invalid` for what is no file or too large, `not_found` without its folder, `storage_*`
     */
    async open(path: string): Promise<ExportTarget> {
      const { kept, openForExport } = await loadFiles();
      return openForExport(ports, { kept, variables, log }, path);
    },

    /** The files that a key was exported to, and whether they still hold it; with null, those of all keys. */
    async whereUsed(keyId: string | null): Promise<ExportedFile[]> {
      const { kept } = await loadFiles();
      return kept.whereUsed(keyId);
    },

    /** Secrets of GitHub Actions. */
    github: async (): Promise<GithubExports> =>
      (await import('./github/github.ts')).createGithubExports(ports, { variables, log }),

    /** Notifies open shells of a change they may have missed; see State. */
    notifyShells: (): void => state.notifyShells(),

    /** Makes open shells ask again, once the vault can be read. */
    wakeShells: (): void => state.wakeShells(),

    log,
  };
}
