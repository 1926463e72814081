import type { Environment } from '../core/model/fal/fal-environment.ts';
import { environmentPages } from '../core/model/fal/links.ts';
import type { Sources } from '../core/ports/sources.ts';
import type { State } from '../core/ports/state.ts';
import type {
  BackupFiles,
  Browser,
  Files,
  Git,
  Github,
  Http,
  Loopback,
  StartUpFiles,
  ToolFiles,
} from '../core/ports.ts';
import type { FindProxy } from '../platform/net/proxy.ts';
import { createLocks } from '../platform/process/locks.ts';
import { version } from './version.ts';

// The ports that most commands don't need: each is loaded on first use.

export function lazyHttp(findProxy?: FindProxy): Http {
  let http: Promise<Http> | undefined;
  let loaded: Http | null = null;
  const load = () => {
    http ??= import('../platform/net/http.ts').then(({ createHttp }) => {
      loaded = createHttp({ version, ...(findProxy && { findProxy }) });
      return loaded;
    });
    return http;
  };
  return {
    fetch: async (url, init) => (await load()).fetch(url, init),
    grpc: async (baseUrl) => (await load()).grpc(baseUrl),
    serverNow: () => loaded?.serverNow() ?? null,
  };
}

/** @param home its environments write the same files, so they share the locks */
export function lazyFiles(home: string, { temporaryFiles }: Pick<State, 'temporaryFiles'>): Files {
  let files: Promise<Files> | undefined;
  const load = () => {
    files ??= import('../platform/files/files.ts').then(({ createFiles }) =>
      createFiles(createLocks(home), temporaryFiles),
    );
    return files;
  };
  return {
    read: async (path, options) => (await load()).read(path, options),
    patch: async (path, change, options) => (await load()).patch(path, change, options),
    remove: async (path, check, written) => (await load()).remove(path, check, written),
    isInEmptyFolder: async (path) => (await load()).isInEmptyFolder(path),
    isUnmounted: async (path) => (await load()).isUnmounted(path),
    beside: async (path, bounds) => (await load()).beside(path, bounds),
  };
}

/** Opens only fal's own pages. */
export const lazyBrowser = (environment: Environment, variables: NodeJS.ProcessEnv): Browser => ({
  open: async (url) => {
    const { createBrowser } = await import('../platform/process/browser.ts');
    const allowedHosts = environmentPages(environment).map(({ host }) => host);
    return createBrowser({ allowedHosts, variables }).open(url);
  },
});

export const lazyLoopback = (): Loopback => ({
  listen: async (path, accept) =>
    (await import('../platform/net/loopback.ts')).createLoopback().listen(path, accept),
});

export function lazyBackupFiles(): BackupFiles {
  const load = async () => (await import('../platform/vault/backup-file.ts')).createBackupFiles();
  return {
    refuseToReplace: async (path) => (await load()).refuseToReplace(path),
    write: async (path, text, passphrase, replace) => (await load()).write(path, text, passphrase, replace),
    read: async (path, passphrase) => (await load()).read(path, passphrase),
  };
}

export const lazyStartUpFiles = (env: NodeJS.ProcessEnv): StartUpFiles => ({
  look: async () => (await import('../platform/shells/shells.ts')).lookAtShells(env),
});

export const lazyToolFiles = (env: NodeJS.ProcessEnv): ToolFiles => ({
  read: async (folder) =>
    (await import('../platform/places/tool-files.ts')).createToolFiles(env).read(folder),
});

export function lazyGithub(env: NodeJS.ProcessEnv): Github {
  const load = async () => (await import('../platform/process/github-program.ts')).createGithub(env);
  return {
    setSecret: async (target, value, signal) => (await load()).setSecret(target, value, signal),
    deleteSecret: async (target, signal) => (await load()).deleteSecret(target, signal),
  };
}

export function lazySources(env: NodeJS.ProcessEnv): Sources {
  const load = async () => (await import('../platform/find/sources.ts')).createSources(env);
  return {
    usualPlaces: async () => (await load()).usualPlaces(),
    holdsHome: async (folder) => (await load()).holdsHome(folder),
    search: async (roots, limits, work) => (await load()).search(roots, limits, work),
    // alone: a commit waits for it
    staged: async (folder, signal) => (await import('../platform/find/staged.ts')).staged(folder, signal),
  };
}

export const lazyGit = (): Git => ({
  state: async (path) => (await import('../platform/git/git-state.ts')).createGit().state(path),
});
