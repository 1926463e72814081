import { type FalConfig, loadConfig, readConfig } from '../falcli/config.ts';
import { VarvelError } from '../model/error.ts';
import type { Ports } from '../ports.ts';
import { type FalFacts, foundKey } from './facts.ts';

/** What a process has that decides which key fal's tools use. */
export interface Surroundings {
  /** The process's variables. */
  variables: Record<string, string | undefined>;
  /** The fal CLI's --profile argument. */
  profileArgument: string | null;
  /** Whether the fal CLI is signed in. */
  signedIn: boolean;
}

/** Collects what decides which key fal's tools use. Keeps only key ids, no secrets. */
export async function collectFacts(
  { variables, profileArgument, signedIn }: Surroundings,
  { files, falConfigPath }: Pick<Ports, 'files' | 'falConfigPath'>,
): Promise<FalFacts> {
  return {
    forceUser: variables.FAL_FORCE_AUTH_BY_USER === '1',
    falKey: foundKey(variables.FAL_KEY),
    pair: pairOf(variables.FAL_KEY_ID, variables.FAL_KEY_SECRET),
    colab: Boolean(variables.COLAB_RELEASE_TAG),
    profileArgument,
    profileVariable: variables.FAL_PROFILE ?? null,
    config: await configFacts(files, falConfigPath),
    signedIn,
  };
}

function pairOf(id: string | undefined, secret: string | undefined): FalFacts['pair'] {
  if (id === undefined && secret === undefined) return { kind: 'none' };
  if (id === undefined) return { kind: 'half', half: 'FAL_KEY_SECRET' };
  if (secret === undefined) return { kind: 'half', half: 'FAL_KEY_ID' };
  return id === '' || secret === '' ? { kind: 'empty' } : { kind: 'key', id };
}

async function configFacts(files: Ports['files'], path: string): Promise<FalFacts['config']> {
  let config: FalConfig = { profiles: [], profile: null, team: null };
  let problem: string | null = null;
  try {
    const { content } = await loadConfig(files, path);
    if (content !== null) config = readConfig(content, path);
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
