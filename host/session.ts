import { join } from 'node:path';
import { createLockWatches } from '../core/lock-doctor/watches.ts';
import { isNotWritable } from '../core/model/error.ts';
import type { FaceName } from '../core/model/face.ts';
import { decodeEnvironment } from '../core/model/fal/environment.ts';
import {
  type BuiltInEnvironment,
  type Environment,
  falEnvironment,
} from '../core/model/fal/fal-environment.ts';
import type { Hint } from '../core/model/hint.ts';
import type { Check } from '../core/model/machine/doctor.ts';
import type { WindowTopic } from '../core/model/topic.ts';
import type { Browser, SecretStore } from '../core/ports.ts';
import type { Varvel } from '../core/varvel.ts';
import type { FindProxy } from '../platform/net/proxy.ts';
import { openHome } from '../platform/places/home.ts';
import { homeFolder, userPath } from '../platform/places/user-path.ts';
import { uninterruptedEnds } from '../platform/process/uninterrupted.ts';
import { doDueWork } from './due-work.ts';
import { chosenEnvironment } from './environment.ts';
import { keepMoney } from './keep-money.ts';
import { type OpenOptions, open } from './open.ts';
import { createSessionVault } from './session-vault.ts';
import { version } from './version.ts';
import { watchTopics } from './watch.ts';

export type HostSession = Awaited<ReturnType<typeof createSession>>;

/** How long the previous environment's core stays open, in milliseconds: longer than any call takes. */
const lingerMs = 180_000;

/** A session's events, which each face sends to its windows. */
export interface SessionListener {
  notice(text: string, hint: Hint): void;
  /** What a person waits for, or should know wherever they are. */
  alert(title: string, text: string): void;
  changed(topics: WindowTopic[]): void;
  environment(name: string): void;
}

export interface SessionOptions {
  face: FaceName;
  env: NodeJS.ProcessEnv;
  /** Receives events for the window. */
  listener: SessionListener;
  findProxy?: FindProxy;
  browser?: (environment: Environment) => Browser;
  /** Instead of the vault from VARVEL_VAULT. */
  secrets?: SecretStore;
  /** See OpenOptions. */
  loadKeytar?: OpenOptions['loadKeytar'];
}

/** Keeps the log as long as the settings say. A home that can't be written keeps it longer. */
function prune({ activity, settings }: Varvel): void {
  try {
    activity.pruneAtStart(settings.read().activityDays);
  } catch (error) {
    if (!isNotWritable(error)) throw error;
  }
}

/**
 * The core that a window works with while its program runs. It can change to another environment,
 * remembers the passphrase entered in the window, and notifies the window of changes.
 */
export async function createSession(options: SessionOptions) {
  const { face, env, listener, findProxy, browser, secrets, loadKeytar } = options;
  const home = homeFolder(env);
  let sandbox: { environment: Environment; close(): Promise<void> } | null = null;

  let pendingChange: Promise<unknown> = Promise.resolve();
  /** One change of the environment or its vault at a time: another would act on what this one has left. */
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const done = pendingChange.then(work);
    pendingChange = done.catch(() => undefined);
    return done;
  };

  const vault = createSessionVault({
    env,
    inTurn,
    secrets,
    current: () => current,
    reopen: () => restartIn(current.environment),
    changed: listener.changed,
  });

  const warn = (sentence: string, hint: Hint = { action: 'none' }): void => listener.notice(sentence, hint);

  async function start(environment: Environment) {
    const folder = openHome({ variables: env }).environmentFolder(environment.name);
    const varvel = await open({
      place: { environment, folder },
      face,
      env,
      ask: false,
      warn,
      ...vault.options(),
      ...(loadKeytar && { loadKeytar }),
      ...(findProxy && { findProxy }),
      ...(browser && { browser }),
    });
    prune(varvel);
    const watch = watchTopics(folder, varvel.topics, listener.changed);
    const lockWatches = createLockWatches(
      varvel.lockDoctor,
      { now: Date.now },
      ({ title, text }) => listener.alert(title, text),
      () => listener.changed(['keys']),
    );
    const running = [keepMoney(varvel, listener.alert), doDueWork(varvel), lockWatches];
    const end = async (): Promise<void> => {
      watch.end();
      await Promise.all(running.map((each) => each.end()));
    };
    return { varvel, watch, lockWatches, folder, environment, end };
  }

  const given = chosenEnvironment(env);
  let current = await start(given);
  async function sandboxEnvironment(): Promise<Environment> {
    // the one this program was started with: another sandbox would not know the keys and sign-ins in that folder
    if (given.name === 'sandbox') return given;
    if (!sandbox) {
      const { startSandbox } = await import('../sandbox/start.ts');
      const stateDir = join(openHome({ variables: env }).folder, 'sandbox-server');
      const { environment, environmentPath, close } = await startSandbox({ stateDir });
      sandbox = { environment: decodeEnvironment(JSON.stringify(environment), environmentPath), close };
    }
    return sandbox.environment;
  }

  async function restartIn(environment: Environment): Promise<void> {
    const left = current;
    current = await start(environment);
    void left.end();
    // running calls finish in the environment they started in
    setTimeout(() => void uninterruptedEnds().then(() => left.varvel.close()), lingerMs).unref();
  }

  async function changeEnvironment(name: BuiltInEnvironment): Promise<void> {
    const environment = name === 'sandbox' ? await sandboxEnvironment() : falEnvironment;
    await restartIn(environment);
    listener.environment(environment.name);
  }

  return {
    version,
    platform: process.platform,
    /** The user's home folder. */
    home,

    /** Resolves a path from the window. @throws VarvelError `usage` for a relative one */
    userPath: (given: string): string => userPath(given, home),

    /** The active key of new shells, and of programs started in a folder with this program's variables. @throws VarvelError `not_found` */
    which: (folder: string) =>
      current.varvel.which({ env, folder, profile: null, falProfile: null, newShells: true }),

    /** Checks the data folder, the database, the vault, the sign-ins, fal's servers and this program's variables. */
    async examine(): Promise<Check[]> {
      const { examine } = await import('./doctor.ts');
      const { varvel, folder, environment } = current;
      const checks: Check[] = [];
      await examine({
        env,
        place: () => ({ folder, environment }),
        varvel: async () => varvel,
        folder: () => home,
        offline: false,
        found: (check) => checks.push(check),
      });
      return checks;
    },

    ...vault.methods,

    /** The core of the environment in use. */
    varvel: (): Varvel => current.varvel,

    /** The keys that are watched until they work again. */
    lockWatches: () => current.lockWatches,

    /** Checks for changes now, so that the window's own changes show right away. */
    look: (): void => current.watch.look(),

    /** Changes to fal, or to the built-in sandbox, which then runs inside this program. */
    setEnvironment(name: BuiltInEnvironment): Promise<void> {
      return inTurn(() => changeEnvironment(name));
    },

    async close(): Promise<void> {
      await pendingChange;
      await current.end();
      // a token that is being renewed is saved with the database open
      await uninterruptedEnds();
      await current.varvel.close();
      await sandbox?.close();
    },
  };
}
