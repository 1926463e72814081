import type { Transport } from '@connectrpc/connect';
import type { Environment } from './model/fal/fal-environment.ts';
import type { Hint } from './model/hint.ts';
import type { GitState } from './model/machine/git-state.ts';
import type { GithubTarget } from './model/machine/github-secret.ts';
import type { ToolName } from './model/machine/other-tools.ts';
import type { VaultKind } from './model/machine/vault.ts';
import type { Sources } from './ports/sources.ts';
import type { State } from './ports/state.ts';
import type { ShellsHere } from './shells/shells-here.ts';

/** What the core needs from outside. A root builds these and passes them to `createVarvel`. */
export interface Ports {
  environment: Environment;
  secrets: SecretStore;
  state: State;
  http: Http;
  browser: Browser;
  loopback: Loopback;
  locks: Locks;
  /** Does work that the process's end waits for: what can't be done twice. It should have a time limit. */
  uninterrupted<T>(work: () => Promise<T>): Promise<T>;
  clock: Clock;
  files: Files;
  pinFiles: PinFiles;
  backupFiles: BackupFiles;
  startUpFiles: StartUpFiles;
  projectFiles: ProjectFiles;
  toolFiles: ToolFiles;
  git: Git;
  github: Github;
  sources: Sources;
  /** The fal CLI's config file; null when FAL_CONFIG_PATH is empty, and there can be none. */
  falConfigPath: string | null;
  /** Whether the fal CLI is signed in, for a process with these variables in a folder. */
  hasFalSignIn(variables: Record<string, string | undefined>, folder: string): boolean;
  /**
   * Receives a warning: a sentence about something that happened along the way.
   * @param hint what to do about it, if anything
   */
  warn(sentence: string, hint?: Hint): void | Promise<void>;
}

/**
 * The vault. Every method throws VarvelError `vault_unavailable`, `vault_locked`, `vault_unanswering` or
 * `wrong_passphrase` when it can't answer, `vault_damaged` when it can't read one secret: null only means missing.
 */
export interface SecretStore {
  readonly kind: VaultKind;
  /** Throws unless secrets could be read now; sets nothing up. */
  check(): Promise<void>;
  /** Forgets what opened it. Only a vault that Varvel itself opens has this. */
  lock?(): void;
  /** Makes sure that a secret could be stored now; sets the vault up on first use. */
  prepare(): Promise<void>;
  get(name: string): Promise<string | null>;
  /** Several secrets at once, by name; those that are missing are left out. */
  getAll(names: string[]): Promise<Map<string, string>>;
  set(name: string, secret: string): Promise<void>;
  /** Deleting a missing secret is not an error. */
  delete(name: string): Promise<void>;
  /** Deletes it in this vault only: what the other one has by that name stays. Only a vault that knows of others has this. */
  deleteHere?(name: string): Promise<void>;
  /** Whether it was given a secret and not told to delete it. Only a vault that keeps records has this. */
  remembers?(name: string): boolean;
  /** Throws when another copy of a secret is where it can't be read now, and may be newer. Only a vault of several parts has this. */
  refuseStale?(name: string): Promise<void>;
  /** The names of all secrets, without the vault's own items. */
  names(): Promise<string[]>;
  /** What was deleted while the other vault was in use, and is still here. Only a vault that knows of others has this. */
  leftOver?: {
    names(): string[];
    get(name: string): Promise<string | null>;
    delete(name: string): Promise<void>;
  };
}

/** The names of secrets in the vault. */
export const secretName = {
  key: (keyId: string): string => `key/${keyId}`,
  refreshToken: (identityId: string): string => `session/${identityId}/refresh`,
  accessToken: (identityId: string): string => `session/${identityId}/access`,
  /** The undo of a change to the fal CLI's config.toml, if it holds a key. */
  falcliUndo: (id: string): string => `falcli/undo/${id}`,
  /** The comments of config.toml, which the fal CLI drops. */
  falcliComments: 'falcli/comments',
  /** The undo of an export. */
  undo: (id: string): string => `undo/${id}`,
  /** The undo of a removal of copies from a file. */
  removedCopies: (id: string): string => `copies/undo/${id}`,
};

/** The session that a secret's name is of; null for another secret. */
export function sessionOf(name: string): { id: string; token: 'access' | 'refresh' } | null {
  const [, id, token] = name.match(/^session\/(.*)\/(access|refresh)$/s) ?? [];
  return id === undefined ? null : { id, token: token === 'refresh' ? 'refresh' : 'access' };
}

export interface Http {
  /**
   * Like fetch, but follows no redirects, reads at most 32 MB, always checks certificates, and throws VarvelError `unreachable`
   * with a message that tells apart DNS, TLS, refused, timeout and offline.
   */
  fetch(url: string, init: HttpRequest): Promise<Response>;
  /** A gRPC transport. */
  grpc(baseUrl: string): Promise<Transport>;
  /** The time by the last server's answer, in milliseconds since 1970, carried on without this machine's clock; null before any. */
  serverNow(): number | null;
}

export interface HttpRequest {
  method?: string;
  headers?: Record<string, string>;
  body?: string | URLSearchParams | null;
  signal?: AbortSignal;
  /** Time limit for the whole request, in milliseconds; default 15 s. */
  timeoutMs?: number;
}

export interface Browser {
  /** Opens a URL in the system's browser. False when there is no browser. */
  open(url: string): Promise<boolean>;
}

/** One callback address on 127.0.0.1, open only while a sign-in runs. */
export interface Loopback {
  /**
   * @param path the exact path of the callback
   * @param accept called with the parameters of each request; false answers 400 and keeps waiting
   */
  listen(path: string, accept: (parameters: URLSearchParams) => boolean): Promise<LoopbackListener>;
}

export interface LoopbackListener {
  redirectUri: string;
  /** The full URL of the first accepted request. */
  callback: Promise<URL>;
  close(): Promise<void>;
}

export interface Locks {
  /**
   * Runs work while no other process runs work under the same name. A lock ends with its process.
   * @param signal ends the wait
   * @throws VarvelError `state_busy` after waitMs (default 30 s), `cancelled`
   */
  exclusive<T>(name: string, work: () => Promise<T>, waitMs?: number, signal?: AbortSignal): Promise<T>;
}

/** Other programs' files: edited in place, never half written. Symbolic links are followed and stay. */
export interface Files {
  /**
   * @param options the size limit, in bytes; default 8 MiB
   * @throws VarvelError `invalid` for anything but a file, or a too large one, `not_found` without its folder, `storage_*`
   */
  read(path: string, options?: { limit?: number }): Promise<ReadFile>;
  /**
   * Changes a file. If another program writes it meanwhile, the change is applied to the new content.
   * @param change from the old content (null: no file) to the new; null changes nothing. May be called several times. If
   * it throws, nothing changes and the error is passed on
   * @throws VarvelError as `read`, and `conflict` when the file keeps changing
   */
  patch(
    path: string,
    change: (before: Uint8Array | null) => Uint8Array | null,
    options?: PatchFileOptions,
  ): Promise<PatchedFile>;
  /**
   * Deletes a file, or its link. False when there is none.
   * @param check throws when the content is not what should be removed
   * @param written what we have just written there: skips the wait for another program that may be writing it
   */
  remove(path: string, check: (bytes: Uint8Array) => void, written?: Uint8Array): Promise<boolean>;
  /** Whether a file's folder is there and nothing is in it, as where a disk isn't mounted. False when it can't be read. */
  isInEmptyFolder(path: string): Promise<boolean>;
  /** Whether a path's folder is where the system mounts a disk, and none is mounted there now. False where that isn't known. */
  isUnmounted(path: string): Promise<boolean>;
  /**
   * The files in a path's folder, those that changed last first; no links, and none that is empty.
   * @param bounds at most how many files, and the largest in bytes
   */
  beside(path: string, bounds: { most: number; limit: number }): Promise<string[]>;
}

export interface ReadFile {
  /** The path with symbolic links resolved. */
  path: string;
  bytes: Uint8Array | null;
  /** Its permissions, as `0o644`; null when there is no file. */
  mode: number | null;
  /** How many names (hard links) it has; 0 when there is no file. */
  names: number;
  /** Where it is mounted by itself, under another name; null when it isn't, or that can't be told. */
  mountedAt: string | null;
}

export interface PatchFileOptions {
  /** The most permissions it has afterwards; default 0600. `keep` keeps the file's own. */
  mode?: number | 'keep';
  /** Creates the folder, 0700, if there is none. */
  createFolder?: boolean;
  /** The largest file to change, in bytes; default 8 MiB. */
  limit?: number;
}

export interface PatchedFile {
  path: string;
  before: Uint8Array | null;
  after: Uint8Array | null;
  /** False when there was nothing to change. */
  written: boolean;
}

/** Finds folders' `.varvel` files. */
export interface PinFiles {
  /** The path of a folder's pin, whether or not there is one. */
  pathIn(folder: string): string;
  /** Like pathIn. @throws VarvelError `not_found` for a folder that doesn't exist */
  pathInExisting(folder: string): string;
  /** Whether two paths lead to one folder. */
  isSameFolder(one: string, other: string): boolean;
  /** Whether a pin is in a folder that was cloned or checked out, by git or another such program, or is another user's. */
  mayBeForeign(path: string): boolean;
  /**
   * The nearest pin at or above a folder; null when there is none.
   * @throws VarvelError `invalid` for one that can't be read
   */
  nearest(folder: string): { text: string; path: string } | null;
}

/** Age files, encrypted with a passphrase. */
export interface BackupFiles {
  /** @throws VarvelError `conflict` for an existing file */
  refuseToReplace(path: string): Promise<void>;
  /**
   * Writes a text, 0600.
   * @param replace whether an existing file may be replaced
   * @returns the path, with symbolic links resolved
   * @throws VarvelError `conflict` for an existing file, `invalid`, `not_found`, `storage_*`
   */
  write(path: string, text: string, passphrase: string, replace: boolean): Promise<string>;
  /**
   * @param passphrase asked for after checking that the file is a backup
   * @throws VarvelError `not_found`, `invalid` for another kind of file, `wrong_passphrase`, `storage_*`
   */
  read(path: string, passphrase: () => Promise<string>): Promise<string>;
}

/** This machine's shells and their start-up files. */
export interface StartUpFiles {
  look(): Promise<ShellsHere>;
}

/** A folder that may be a Python project's. */
export interface ProjectFolder {
  /** Its pyproject.toml, whether or not there is one. */
  path: string;
  /** Null when there is no readable one of reasonable size. */
  text: string | null;
  /** Whether it holds `.git`. */
  isRepository: boolean;
}

export interface ProjectFiles {
  /** A folder and those above it, up to a repository's. */
  above(folder: string): ProjectFolder[];
}

/** A file of another tool. */
export interface ToolFile {
  tool: ToolName;
  path: string;
  text: string;
}

export interface ToolFiles {
  /** The files of other tools that can hold a fal key, for programs in a folder. */
  read(folder: string): Promise<ToolFile[]>;
}

export interface Git {
  /** @param path absolute, with links in its folders resolved; may not exist yet */
  state(path: string): Promise<GitState>;
}

/** GitHub, through its own program. */
export interface Github {
  /**
   * Sets an Actions secret. The value never stands in a command line.
   * @throws VarvelError `not_found` without the program, `not_signed_in`, `unreachable`, `refused` with GitHub's words, `cancelled`
   */
  setSecret(target: GithubTarget, value: string, signal?: AbortSignal): Promise<void>;
  /**
   * Deletes one. That there is none isn't an error, where the person may see that.
   * @throws VarvelError as `setSecret`
   */
  deleteSecret(target: GithubTarget, signal?: AbortSignal): Promise<void>;
}

export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}
