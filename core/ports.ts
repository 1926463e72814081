import type { Transport } from '@connectrpc/connect';
import type { Account } from './model/account.ts';
import type { ActivityEntry } from './model/activity.ts';
import type { ExportRecord } from './model/export-record.ts';
import type { Environment } from './model/fal-environment.ts';
import type { Hint } from './model/hint.ts';
import type { Identity } from './model/identity.ts';
import type { StoredKey } from './model/key.ts';
import type { Profile } from './model/profile.ts';
import type { Topic } from './model/topic.ts';
import type { VaultKind } from './model/vault.ts';
import type { Verdict } from './model/verdict.ts';
import type { ShellsHere } from './shells/shells-here.ts';

/** What the core needs from outside. A root builds these and hands them to `createVarvel`. */
export interface Ports {
  environment: Environment;
  secrets: SecretStore;
  state: State;
  http: Http;
  browser: Browser;
  loopback: Loopback;
  locks: Locks;
  clock: Clock;
  files: Files;
  pinFiles: PinFiles;
  backupFiles: BackupFiles;
  startUpFiles: StartUpFiles;
  git: Git;
  /** Where fal's own CLI keeps its profiles. */
  falConfigPath: string;
  /** Whether fal's own CLI has a sign-in, for a process with these variables. */
  hasFalSignIn(variables: Record<string, string | undefined>): boolean;
  /**
   * Told in a sentence what a person should know of what happened beside the thing that was asked for.
   * @param hint what to do about it, if anything
   */
  warn(sentence: string, hint?: Hint): void | Promise<void>;
}

/**
 * The vault. Every method throws VarvelError `vault_unavailable`, `vault_locked`, `vault_unanswering` or
 * `wrong_passphrase` when it can't answer: null means missing and nothing else.
 */
export interface SecretStore {
  readonly kind: VaultKind;
  /** Throws unless what is stored could be read now; sets nothing up. */
  check(): Promise<void>;
  /** Makes sure that a secret could be stored now, setting the vault up on first use. */
  prepare(): Promise<void>;
  get(name: string): Promise<string | null>;
  set(name: string, secret: string): Promise<void>;
  /** Deleting what is not there is not an error. */
  delete(name: string): Promise<void>;
  /** The names of all that is stored, without the vault's own items. */
  names(): Promise<string[]>;
}

/** The names under which secrets stand in the vault. */
export const secretName = {
  key: (keyId: string): string => `key/${keyId}`,
  refreshToken: (identityId: string): string => `session/${identityId}/refresh`,
  accessToken: (identityId: string): string => `session/${identityId}/access`,
  /** What undoes one change to fal's config.toml, when that holds a key. */
  falcliUndo: (id: string): string => `falcli/undo/${id}`,
  /** The comments of fal's config.toml, which fal's CLI drops. */
  falcliComments: 'falcli/comments',
  /** What an export has replaced in a file, and with what. */
  undo: (id: string): string => `undo/${id}`,
};

/** What is about to happen to a secret and its index entry, so that a crash between the two can be mended. */
export type Intent = { kind: 'store_key'; key: StoredKey } | { kind: 'forget_key'; keyId: string };

/**
 * The database: durable once a call has returned, shared with other processes. Methods are synchronous and
 * throw VarvelError `storage_*` or `state_*`.
 */
export interface State {
  /** Runs work in one write transaction; what it throws undoes everything. Not nested. */
  transaction<T>(work: () => T): T;
  identities: {
    all(): Identity[];
    get(id: string): Identity | null;
    put(identity: Identity): void;
    remove(id: string): void;
  };
  accounts: {
    all(): Account[];
    /** Replaces what is known of the accounts that an identity reaches. */
    replace(identityId: string, accounts: Account[]): void;
  };
  keys: {
    all(): StoredKey[];
    get(id: string): StoredKey | null;
    put(key: StoredKey): void;
    remove(id: string): void;
  };
  profiles: {
    /** By name: all, or the first so many. */
    all(first?: number | null): Profile[];
    count(): number;
    names(): string[];
    get(name: string): Profile | null;
    /** Those that use a key. */
    withKey(keyId: string): Profile[];
    put(profile: Profile): void;
    rename(from: string, to: string): void;
    remove(name: string): void;
    current(): string | null;
    setCurrent(name: string | null): void;
  };
  verdicts: {
    get(keyId: string): Verdict | null;
    all(): Map<string, Verdict>;
    put(keyId: string, verdict: Verdict): void;
  };
  settings: {
    get(name: string): string | null;
    set(name: string, value: string): void;
  };
  /** Intents of this process, and those that dead processes left behind. */
  intents: {
    begin(intent: Intent): number;
    end(id: number): void;
    abandoned(): { id: number; intent: Intent }[];
  };
  activity: {
    add(entry: ActivityEntry): void;
    /** Newest first. */
    list(filter: { since: number | null; keyId: string | null; limit: number }): ActivityEntry[];
  };
  /** Which files hold which keys; one record for each variable in a file. */
  exports: {
    all(): ExportRecord[];
    /** Those that wrote a key. */
    withKey(keyId: string): ExportRecord[];
    /** Those of a file, the latest first. */
    ofFile(path: string): ExportRecord[];
    put(record: ExportRecord): void;
    remove(path: string, variable: string): void;
  };
  /** The folders that were pinned from here, and to what; the files themselves are what counts. */
  pins: {
    all(): { folder: string; profile: string }[];
    put(pin: { folder: string; profile: string }): void;
    remove(folder: string): void;
  };
  /**
   * Makes sure that open shells hear of the last change of profiles, should the process that made it have died before
   * it could tell them. Each change tells them by itself.
   */
  tellShells(): void;
  /** How often each topic has changed, by whichever process. A topic that counts further is to be read again. */
  topics(): Record<Topic, number>;
  close(): void;
}

export interface Http {
  /**
   * Like fetch, but follows no redirect, reads at most 32 MB, always checks certificates, and throws VarvelError `unreachable`
   * whose message tells DNS, TLS, refusal, timeout and being offline apart.
   */
  fetch(url: string, init: HttpRequest): Promise<Response>;
  /** A gRPC transport. */
  grpc(baseUrl: string): Promise<Transport>;
}

export interface HttpRequest {
  method?: string;
  headers?: Record<string, string>;
  body?: string | URLSearchParams | null;
  signal?: AbortSignal;
  /** Whole time allowed, in milliseconds; 15 s when not given. */
  timeoutMs?: number;
}

export interface Browser {
  /** Opens a URL in the system's browser. False when there is none to open. */
  open(url: string): Promise<boolean>;
}

/** One callback address on 127.0.0.1, open only while a sign-in runs. */
export interface Loopback {
  /**
   * @param path the exact path of the callback
   * @param accept told the parameters of each request to it; false answers 400 and keeps waiting
   */
  listen(path: string, accept: (parameters: URLSearchParams) => boolean): Promise<LoopbackListener>;
}

export interface LoopbackListener {
  redirectUri: string;
  /** The first accepted request's full URL. */
  callback: Promise<URL>;
  close(): Promise<void>;
}

export interface Locks {
  /**
   * Runs work while no other process runs work under the same name. A lock dies with its process.
   * @throws VarvelError `state_busy` after waitMs (30 s when not given)
   */
  exclusive<T>(name: string, work: () => Promise<T>, waitMs?: number): Promise<T>;
}

/** Files of other people and programs: changed in single places, never torn; symbolic links are followed and stay. */
export interface Files {
  /**
   * @param options how large it may be, in bytes; 8 MiB when not given
   * @throws VarvelError `invalid` for what is no file or too large, `not_found` without its folder, `storage_*`
   */
  read(path: string, options?: { limit?: number }): Promise<OtherFile>;
  /**
   * Changes a file; when another program writes it meanwhile, the change is made to what that one wrote.
   * @param change from what is there (null: no file) to what shall be; null leaves it. May be called several times; what
   * it throws comes out, and nothing was changed
   * @throws VarvelError as `read`, and `conflict` when the file keeps changing
   */
  patch(
    path: string,
    change: (before: Uint8Array | null) => Uint8Array | null,
    options?: PatchFileOptions,
  ): Promise<PatchedFile>;
  /**
   * Takes a file away, or the link that stands for it. False when there is none.
   * @param check throws when it is not what was to be removed
   * @param written what we have just written there: no other program is waited for that may be writing it
   */
  remove(path: string, check: (bytes: Uint8Array) => void, written?: Uint8Array): Promise<boolean>;
}

export interface OtherFile {
  /** Where the path leads. */
  path: string;
  bytes: Uint8Array | null;
  /** Its rights, as `0o644`; null when there is no file. */
  mode: number | null;
}

export interface PatchFileOptions {
  /** The most rights it has afterwards; 0600 when not given. `keep` leaves a file its own. */
  mode?: number | 'keep';
  /** Makes the folder, 0700, where there is none. */
  makeFolder?: boolean;
  /** The largest file that is changed, in bytes; 8 MiB when not given. */
  limit?: number;
}

export interface PatchedFile {
  path: string;
  before: Uint8Array | null;
  after: Uint8Array | null;
  /** False when there was nothing to change. */
  written: boolean;
}

/** The `.varvel` files of folders: where they stand. */
export interface PinFiles {
  /** Where a folder's pin stands, whether or not there is one. */
  pathIn(folder: string): string;
  /** The same. @throws VarvelError `not_found` for a folder that isn't there */
  pathInExisting(folder: string): string;
  /**
   * The nearest pin at or above a folder; null when there is none.
   * @throws VarvelError `invalid` for one that can't be read
   */
  nearest(folder: string): { text: string; path: string } | null;
}

/** Age files under a passphrase. */
export interface BackupFiles {
  /** @throws VarvelError `conflict` for a file that is there */
  refuseToReplace(path: string): Promise<void>;
  /**
   * Writes a text, 0600.
   * @param replace whether a file that is there may be replaced
   * @returns where it stands, were the path a symbolic link
   * @throws VarvelError `conflict` for a file that is there, `invalid`, `not_found`, `storage_*`
   */
  write(path: string, text: string, passphrase: string, replace: boolean): Promise<string>;
  /**
   * @param passphrase asked for once it is known that the file is a backup
   * @throws VarvelError `not_found`, `invalid` for what is not such a file, `wrong_passphrase`, `storage_*`
   */
  read(path: string, passphrase: () => Promise<string>): Promise<string>;
}

/** The shells of this machine and the files that they read when they start. */
export interface StartUpFiles {
  look(): Promise<ShellsHere>;
}

/**
 * What git would do with a file: it has it (`tracked`), would take it (`open`), leaves it (`ignored`), or there is no
 * repository, or no git, that could (`none`). `unknown`: git is there and would not say.
 */
export type GitState = 'tracked' | 'open' | 'ignored' | 'none' | 'unknown';

export interface Git {
  /** @param path absolute, without links in its folders; need not be there yet */
  state(path: string): Promise<GitState>;
}

export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}
