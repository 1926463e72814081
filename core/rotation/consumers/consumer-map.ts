import { falcliFiles, falcliHolding } from '../../falcli/replace-key.ts';
import { VarvelError } from '../../model/error.ts';
import type { StoredKey } from '../../model/fal/key.ts';
import type { ConsumerMap } from '../../model/machine/rotation.ts';
import type { Ports } from '../../ports.ts';
import { shells } from '../../shells/shells.ts';
import { rhythmMs } from '../silence.ts';
import type { createUsageWatch } from '../watch-usage.ts';

/** Who uses a key, as far as this machine and fal know. */
export async function mapConsumers(
  ports: Ports,
  usage: ReturnType<typeof createUsageWatch>,
  key: StoredKey,
  folder: string,
  signal?: AbortSignal,
): Promise<ConsumerMap> {
  const { state, clock } = ports;
  const { createExportFiles } = await import('../../exports/file/files.ts');
  const files = await createExportFiles(ports).whereUsed(key.id);
  const { shells: here, sets } = await ports.startUpFiles.look();
  const { toolKeys } = await import('../../which/tool-keys.ts');
  const tools = toolKeys(await ports.toolFiles.read(folder)).filter(({ keyId }) => keyId === key.id);
  const falcli: ConsumerMap['falcli'][] = [];
  for (const { path } of await falcliFiles(ports)) {
    const profiles = await falcliHolding(ports, path, key.id).catch((error: unknown) => {
      // the rotation itself says so then
      if (error instanceof VarvelError) return [];
      throw error;
    });
    if (profiles.length > 0) falcli.push({ path, profiles });
  }
  return {
    profiles: state.profiles.withKey(key.id).map(({ name }) => name),
    files: files.map(({ path, variable, profile, state: held }) => ({
      path,
      variable,
      profile,
      state: held,
    })),
    github: state.githubSecrets
      .all()
      .flatMap(({ repository, environment, variable, keyId }) =>
        keyId === key.id ? [{ repository, environment, variable }] : [],
      ),
    falcli: falcli[0] ?? null,
    shells: here.flatMap(({ shell, hook }) => (hook ? [shells[shell].label] : [])),
    unreached: [
      ...sets
        .filter(({ keyId }) => keyId === key.id)
        .map(({ file, line }) => ({ what: 'Start-up file', path: `${file}:${line}` })),
      ...tools.map(({ tool, path, server }) => ({
        what: server === null ? tool : `${tool} (${server})`,
        path,
      })),
    ],
    ...(await usageOf()),
  };

  /** Never a failure: the grace period decides without it. */
  async function usageOf(): Promise<Pick<ConsumerMap, 'usage' | 'usageProblem'>> {
    const { account } = key;
    if (!account) return { usage: null, usageProblem: null };
    try {
      const busy = await usage.busyMinutes(key.id, account, clock.now() - rhythmMs, signal);
      const lastUsedAt = busy.length > 0 ? Math.max(...busy) : null;
      return { usage: { lastUsedAt, minutes: new Set(busy).size }, usageProblem: null };
    } catch (error) {
      if (!(error instanceof VarvelError) || error.code === 'cancelled') throw error;
      return { usage: null, usageProblem: { message: error.message, hint: error.hint } };
    }
  }
}
