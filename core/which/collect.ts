import { type FalConfig, loadConfig, readConfig } from '../falcli/config.ts';
import { VarvelError } from '../model/error.ts';
import { shownId } from '../model/fal/key.ts';
import type { Ports } from '../ports.ts';
import type { Shell } from '../shells/shells.ts';
import { type FalFacts, foundKey, type ProjectTeams, type StartUpKey } from './facts.ts';

/** What a process has that decides which key fal's tools use. */
export interface Surroundings {
  /** The process's variables. */
  variables: Record<string, string | undefined>;
  /** Instead of FAL_PROFILE. */
  falProfile: string | null;
  /** What start-up files set in new shells. */
  startUp: StartUpKey[];
  /** The user's shell, which advice is written for. */
  shell: Shell;
  project: ProjectTeams | null;
  /** Whether the fal CLI is signed in. */
  signedIn: boolean;
}

/** Collects what decides which key fal's tools use. Keeps only key ids, no secrets. */
export async function collectFacts(
  { variables, falProfile, ...more }: Surroundings,
  { files, falConfigPath }: Pick<Ports, 'files' | 'falConfigPath'>,
): Promise<FalFacts> {
  const { FAL_KEY_ID, FAL_KEY_SECRET } = variables;
  return {
    forceUser: variables.FAL_FORCE_AUTH_BY_USER === '1',
    falKey: foundKey(variables.FAL_KEY),
    pair: {
      id: FAL_KEY_ID === undefined ? null : shownId({ id: FAL_KEY_ID, secret: FAL_KEY_SECRET ?? '' }),
      secret: FAL_KEY_SECRET === undefined ? null : FAL_KEY_SECRET ? 'set' : 'empty',
    },
    colab: Boolean(variables.COLAB_RELEASE_TAG),
    profileVariable: falProfile ?? variables.FAL_PROFILE ?? null,
    config: await configFacts(files, falConfigPath),
    ...more,
  };
}

async function configFacts(files: Ports['files'], path: string | null): Promise<FalFacts['config']> {
  let config: FalConfig = { profiles: [], profile: null, team: null };
  let problem: string | null = null;
  try {
    const content = path === null ? null : (await loadConfig(files, path)).content;
    if (path !== null && content !== null) config = readConfig(content, path);
  } catch (error) {
    if (!(error instanceof VarvelError)) throw error;
    problem = error.message;
  }
  return {
    path,
    problem,
    profile: config.profile,
    team: config.team,
    profiles: config.profiles.map(({ name, key, host }) => ({ name, key: foundKey(key), host })),
  };
}
