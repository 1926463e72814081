import { dirname } from 'node:path';
import { hasCode, type VarvelError } from '../core/model/error.ts';
import type { Environment } from '../core/model/fal-environment.ts';
import { environmentPages } from '../core/model/links.ts';
import type { Browser, Files, Http, Loopback, SecretStore } from '../core/ports.ts';
import { createVarvel, type Varvel } from '../core/varvel.ts';
import { createClock } from '../platform/clock.ts';
import { falConfigPath } from '../platform/falcli-paths.ts';
import { createLocks } from '../platform/locks.ts';
import { openHome } from '../platform/paths.ts';
import { openState } from '../platform/state/open-state.ts';
import { openVault, vaultKind } from '../platform/vault/open-vault.ts';
import type { PassphraseSource } from '../platform/vault/passphrase.ts';
import { chosenEnvironment } from './environment.ts';
import { version } from './version.ts';

/** Where this process finds its data. */
export interface Place {
  environment: Environment;
  /** The environment's folder. */
  folder: string;
}

/** @throws VarvelError for a bad VARVEL_ENVIRONMENT or VARVEL_HOME */
export function findPlace(env: NodeJS.ProcessEnv): Place {
  const environment = chosenEnvironment(env);
  return { environment, folder: openHome({ variables: env }).environmentFolder(environment.name) };
}

export interface OpenOptions {
  place: Place;
  env: NodeJS.ProcessEnv;
  /** Whether a passphrase may be asked for on the terminal. */
  ask: boolean;
  /** Called before it is asked for there. */
  beforeAsking?: () => void;
  /** Told in a sentence what the person should know; see Ports. */
  warn(sentence: string, inWindow?: string): void;
  /** Instead of VARVEL_PASSPHRASE and the terminal. */
  passphrase?: PassphraseSource;
  /** Instead of the vault that VARVEL_VAULT names. */
  secrets?: SecretStore;
  /** Instead of Node's own, where the face has one that knows the system's proxy. */
  http?: Http;
  /** Instead of the platform's command that opens a browser. */
  browser?: (environment: Environment) => Browser;
}

/** Builds the ports and the core on Node. What talks to the network is loaded when it is used. */
export async function open({
  place,
  env,
  ask,
  beforeAsking,
  warn,
  passphrase,
  secrets,
  http,
  browser,
}: OpenOptions): Promise<Varvel> {
  const { environment, folder } = place;
  const state = openState(folder);
  const kind = vaultKind(env);
  const varvel = createVarvel({
    environment,
    secrets:
      secrets ??
      (await openVault({
        kind,
        folder,
        env,
        ask,
        warn,
        ...(beforeAsking && { beforeAsking }),
        ...(passphrase && { passphrase }),
      })),
    state,
    clock: createClock(),
    locks: createLocks(folder),
    http: http ?? lazyHttp(),
    browser: browser?.(environment) ?? lazyBrowser(environment, env),
    loopback: lazyLoopback(),
    files: lazyFiles(dirname(folder)),
    falConfigPath: falConfigPath(env),
    warn,
  });
  await mend(varvel, warn);
  return varvel;
}

/** Finishes what a process that died left half done. Not now, when the vault is not open. */
async function mend(varvel: Varvel, warn: (sentence: string) => void): Promise<void> {
  try {
    for (const { id, alias } of await varvel.recover()) {
      warn(`Key ${alias ?? id} was stored by a command that died; it is listed now.`);
    }
  } catch (error) {
    if (!isVaultProblem(error)) throw error;
  }
}

/** True for an error that says that the vault can't be read now. */
export const isVaultProblem = (error: unknown): error is VarvelError =>
  hasCode(error, 'vault_locked', 'vault_unavailable', 'vault_unanswering', 'wrong_passphrase');

function lazyHttp(): Http {
  let http: Promise<Http> | undefined;
  const load = () => {
    http ??= import('../platform/http.ts').then(({ createHttp }) => createHttp({ version }));
    return http;
  };
  return {
    fetch: async (url, init) => (await load()).fetch(url, init),
    grpc: async (baseUrl) => (await load()).grpc(baseUrl),
  };
}

/** @param home whose environments all write the same files of others, so that they share the locks */
function lazyFiles(home: string): Files {
  let files: Promise<Files> | undefined;
  const load = () => {
    files ??= import('../platform/other-files.ts').then(({ createFiles }) => createFiles(createLocks(home)));
    return files;
  };
  return {
    read: async (path) => (await load()).read(path),
    patch: async (path, change, options) => (await load()).patch(path, change, options),
    remove: async (path, check) => (await load()).remove(path, check),
  };
}

/** The browser is sent to fal's own pages and nowhere else. */
const lazyBrowser = (environment: Environment, variables: NodeJS.ProcessEnv): Browser => ({
  open: async (url) => {
    const { createBrowser } = await import('../platform/browser.ts');
    const allowedHosts = environmentPages(environment).map(({ host }) => host);
    return createBrowser({ allowedHosts, variables }).open(url);
  },
});

const lazyLoopback = (): Loopback => ({
  listen: async (path, accept) =>
    (await import('../platform/loopback.ts')).createLoopback().listen(path, accept),
});
