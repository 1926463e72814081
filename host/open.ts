import { dirname } from 'node:path';
import { bindHosts } from '../core/environments/bind-hosts.ts';
import { isVaultProblem } from '../core/model/error.ts';
import type { Actor } from '../core/model/face.ts';
import { builtInEnvironments, type Environment } from '../core/model/fal/fal-environment.ts';
import type { Hint } from '../core/model/hint.ts';
import type { PassphraseStrength } from '../core/model/machine/vault.ts';
import type { State } from '../core/ports/state.ts';
import type { Browser, SecretStore } from '../core/ports.ts';
import { movedFrom } from '../core/settings/keychain-place.ts';
import { chosenVault } from '../core/settings/vault-choice.ts';
import { createVarvel, type Varvel } from '../core/varvel.ts';
import { discardNoted } from '../platform/files/temporary.ts';
import type { FindProxy } from '../platform/net/proxy.ts';
import { falConfigPath, hasFalSignIn } from '../platform/places/falcli-paths.ts';
import { openHome } from '../platform/places/home.ts';
import { createPinFiles } from '../platform/places/nearest-pin.ts';
import { createProjectFiles } from '../platform/places/project-files.ts';
import { createClock } from '../platform/process/clock.ts';
import { createLocks } from '../platform/process/locks.ts';
import { parentProgram } from '../platform/process/parent-program.ts';
import { uninterrupted } from '../platform/process/uninterrupted.ts';
import { openState } from '../platform/state/open-state.ts';
import type { Keytar } from '../platform/vault/keychain.ts';
import { openVault, vaultKind } from '../platform/vault/open-vault.ts';
import type { PassphraseSource } from '../platform/vault/passphrase.ts';
import { createRecordedVault } from '../platform/vault/recorded-vault.ts';
import { chosenEnvironment } from './environment.ts';
import {
  lazyBackupFiles,
  lazyBrowser,
  lazyFiles,
  lazyGit,
  lazyGithub,
  lazyHttp,
  lazyLoopback,
  lazySources,
  lazyStartUpFiles,
  lazyToolFiles,
} from './lazy-ports.ts';

/** Where this process's data is. */
export interface Place {
  environment: Environment;
  /** The environment's folder. */
  folder: string;
}

/** Loaded when somebody chooses a passphrase. */
export const judge = async (passphrase: string): Promise<PassphraseStrength> =>
  (await import('../core/passphrase/strength.ts')).passphraseStrength(passphrase);

/** @throws VarvelError for a bad VARVEL_ENVIRONMENT or VARVEL_HOME */
export function findPlace(env: NodeJS.ProcessEnv): Place {
  const environment = chosenEnvironment(env);
  return { environment, folder: openHome({ variables: env }).environmentFolder(environment.name) };
}

export interface OpenOptions {
  place: Place;
  /** Which face this is, for the activity log. */
  face: Actor['face'];
  env: NodeJS.ProcessEnv;
  /** Whether a passphrase prompt on the terminal is allowed. */
  ask: boolean;
  /** Called before that prompt. */
  beforeAsking?: () => void;
  /** Receives warnings; see Ports. */
  warn(sentence: string, hint?: Hint): void | Promise<void>;
  /** Instead of VARVEL_PASSPHRASE and the terminal. */
  passphrase?: PassphraseSource;
  /** Instead of the vault from VARVEL_VAULT. */
  secrets?: SecretStore;
  /** Instead of the keychain's addon in this process. */
  loadKeytar?: () => Keytar;
  /** Instead of the variables', for a face that knows the system's proxy. */
  findProxy?: FindProxy;
  /** Instead of the platform's command that opens a browser. */
  browser?: (environment: Environment) => Browser;
}

/** Builds the ports and the core on Node. Network code is loaded on first use. */
export async function open({
  place,
  face,
  env,
  ask,
  beforeAsking,
  warn,
  passphrase,
  secrets,
  loadKeytar,
  findProxy,
  browser,
}: OpenOptions): Promise<Varvel> {
  const { environment, folder } = place;
  const state = openStateOf(place, face);
  const kind = vaultKind(env, chosenVault(state));
  const vault =
    secrets ??
    (await openVault({
      kind,
      folder,
      movedFrom: kind === 'keychain' ? movedFrom(state, folder) : null,
      env,
      knownItem: () => state.secretVaults.anyIn(kind),
      knownItems: () => state.secretVaults.allIn(kind),
      isKnown: (name) => state.secretVaults.isIn(name, kind),
      ask,
      warn,
      judge,
      ...(beforeAsking && { beforeAsking }),
      ...(passphrase && { passphrase }),
      ...(loadKeytar && { loadKeytar }),
    }));
  const varvel = createVarvel({
    environment,
    secrets: createRecordedVault(vault, state.secretVaults),
    state,
    clock: createClock(),
    locks: createLocks(folder),
    uninterrupted,
    http: lazyHttp(findProxy),
    browser: browser?.(environment) ?? lazyBrowser(environment, env),
    loopback: lazyLoopback(),
    files: lazyFiles(dirname(folder), state),
    pinFiles: createPinFiles(),
    backupFiles: lazyBackupFiles(),
    startUpFiles: lazyStartUpFiles(env),
    projectFiles: createProjectFiles(),
    toolFiles: lazyToolFiles(env),
    git: lazyGit(),
    github: lazyGithub(env),
    sources: lazySources(env),
    falConfigPath: falConfigPath(env),
    hasFalSignIn,
    warn,
  });
  await discardAbandoned(state);
  await recover(varvel, warn);
  return varvel;
}

/** @throws VarvelError `conflict` for an environment that names other hosts than before */
function openStateOf({ environment, folder }: Place, face: Actor['face']): State {
  const actor = () => ({ face, program: face === 'terminal' ? parentProgram() : null });
  const state = openState(folder, { actor });
  if (isBuiltIn(environment.name)) return state;
  try {
    bindHosts(state, environment);
    return state;
  } catch (error) {
    state.close();
    throw error;
  }
}

const isBuiltIn = (name: string): boolean => builtInEnvironments.some((known) => known === name);

/** Deletes the temporary files that killed processes left beside other programs' files: they may hold keys. */
async function discardAbandoned({ temporaryFiles }: State): Promise<void> {
  for (const path of temporaryFiles.abandoned()) if (await discardNoted(path)) temporaryFiles.end(path);
}

/** Finishes what a process that died left half done; skipped while the vault is locked. */
async function recover(varvel: Varvel, warn: OpenOptions['warn']): Promise<void> {
  try {
    for (const { id, alias } of await varvel.recover()) {
      await warn(`Recovered key ${alias ?? id} from an interrupted command.`);
    }
  } catch (error) {
    if (!isVaultProblem(error)) throw error;
  }
}
