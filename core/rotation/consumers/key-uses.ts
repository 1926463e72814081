import { falcliFiles, falcliHolding } from '../../falcli/replace-key.ts';
import { VarvelError } from '../../model/error.ts';
import type { KeyUses } from '../../model/machine/rotation.ts';
import type { Ports } from '../../ports.ts';

/**
 * Looks once at what many keys may be in, so that each can be looked up.
 * @param folder where other tools' files of a project are looked for
 */
export async function lookForUses(ports: Ports, folder: string) {
  const { state } = ports;
  const [{ createExportFiles }, { toolKeys }] = await Promise.all([
    import('../../exports/file/files.ts'),
    import('../../which/tool-keys.ts'),
  ]);
  const exported = createExportFiles(ports);
  const { shells, sets } = await ports.startUpFiles.look();
  const tools = toolKeys(await ports.toolFiles.read(folder));
  // without the vault, which remembers others, the file in use can still be read
  const falcli = await falcliFiles(ports).catch(
    ignored(ports.falConfigPath ? [{ path: ports.falConfigPath }] : []),
  );

  return {
    /** The shells of this machine. */
    shells,

    /** What has a key. @throws VarvelError `storage_*` */
    async of(keyId: string): Promise<KeyUses> {
      const files = await exported.whereUsed(keyId);
      const holding: NonNullable<KeyUses['falcli']>[] = [];
      for (const { path } of falcli) {
        // a rotation itself says why one can't be read
        const profiles = await falcliHolding(ports, path, keyId).catch(ignored([]));
        if (profiles.length > 0) holding.push({ path, profiles });
      }
      return {
        profiles: state.profiles.withKey(keyId).map(({ name }) => name),
        files: files.map(({ path, variable, profile, state: held }) => ({
          path,
          variable,
          profile,
          state: held,
        })),
        github: state.githubSecrets
          .all()
          .flatMap(({ repository, environment, variable, keyId: held }) =>
            held === keyId ? [{ repository, environment, variable }] : [],
          ),
        falcli: holding[0] ?? null,
        unreached: [
          ...sets
            .filter((set) => set.keyId === keyId)
            .map(({ file, line }) => ({ what: 'Start-up file', path: `${file}:${line}` })),
          ...tools
            .filter((tool) => tool.keyId === keyId)
            .map(({ tool, path, server }) => ({
              what: server === null ? tool : `${tool} (${server})`,
              path,
            })),
        ],
      };
    },
  };
}

/** For a failure that Varvel can explain: something else instead. */
const ignored =
  <Instead>(instead: Instead) =>
  (error: unknown): Instead => {
    if (error instanceof VarvelError) return instead;
    throw error;
  };
