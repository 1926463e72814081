import { hasCode } from '../core/model/error.ts';
import type { Environment } from '../core/model/fal-environment.ts';
import type { Browser, Http, Loopback } from '../core/ports.ts';
import { createVarvel, type Varvel } from '../core/varvel.ts';
import { createClock } from '../platform/clock.ts';
import { createLocks } from '../platform/locks.ts';
import { openHome } from '../platform/paths.ts';
import { openState } from '../platform/state/open-state.ts';
import { openVault, vaultKind } from '../platform/vault/open-vault.ts';
import { chosenEnvironment } from './environment.ts';
import type { Output } from './output.ts';
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

/** Builds the ports and the core for the command line. What talks to the network is loaded when it is used. */
export async function open(env: NodeJS.ProcessEnv, output: Output): Promise<Varvel> {
  const { environment, folder } = findPlace(env);
  const clock = createClock();
  const state = openState(folder);
  const secrets = await openVault({
    kind: vaultKind(env),
    folder,
    env,
    ask: true,
    warn: output.warn,
  });
  const varvel = createVarvel({
    environment,
    secrets,
    state,
    clock,
    locks: createLocks(folder),
    http: lazyHttp(),
    browser: lazyBrowser(environment),
    loopback: lazyLoopback(),
  });
  await mend(varvel, output);
  return varvel;
}

/** Finishes what a process that died left half done. Not now, when the vault is not open. */
async function mend(varvel: Varvel, output: Output): Promise<void> {
  try {
    for (const { id, alias } of await varvel.recover()) {
      output.warn(`Key ${alias ?? id} was stored by a command that died; it is listed now.`);
    }
  } catch (error) {
    if (!hasCode(error, 'vault_locked', 'vault_unavailable', 'vault_unanswering', 'wrong_passphrase'))
      throw error;
  }
}

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

/** The browser is sent to fal's own pages and nowhere else. */
const lazyBrowser = ({ issuer, connectionUrl, dashboardUrl }: Environment): Browser => ({
  open: async (url) => {
    const { createBrowser } = await import('../platform/browser.ts');
    const allowed = [issuer, connectionUrl, dashboardUrl].map((address) => new URL(address).hostname);
    return createBrowser({ allowedHosts: allowed }).open(url);
  },
});

const lazyLoopback = (): Loopback => ({
  listen: async (path, accept) =>
    (await import('../platform/loopback.ts')).createLoopback().listen(path, accept),
});
