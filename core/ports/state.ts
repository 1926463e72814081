import type { ActivityEntry, LogCheck } from '../model/activity.ts';
import type { Account } from '../model/fal/account.ts';
import type { Balance, Budget, BudgetSpend, BudgetSubject } from '../model/fal/budget.ts';
import type { Identity } from '../model/fal/identity.ts';
import type { StoredKey } from '../model/fal/key.ts';
import type { RotateByRule } from '../model/fal/rotate-by.ts';
import type { TemporaryKey } from '../model/fal/temporary-key.ts';
import type { Verdict } from '../model/fal/verdict.ts';
import type { ExportLink, ExportRecord } from '../model/machine/export-record.ts';
import type { GithubSecret, GithubTarget } from '../model/machine/github-secret.ts';
import type { JournalEntry, Rotation } from '../model/machine/rotation.ts';
import type { VaultKind } from '../model/machine/vault.ts';
import type { Profile } from '../model/profile.ts';
import type { Topic } from '../model/topic.ts';

/** A planned change to a secret and its index entry, recorded so that a crash in between can be repaired. */
export type Intent = { kind: 'store_key'; key: StoredKey } | { kind: 'forget_key'; keyId: string };

/** What happened to the current profile. */
export type CurrentChange = 'switch' | 'change';

export interface CurrentListener {
  /** Called in the change's transaction: what it writes is committed with the change, or not at all. */
  within(): void;
  /** Called when it is committed. */
  after(change: CurrentChange): void;
}

/**
 * The database: durable once a call has returned, shared with other processes. Methods are synchronous and
 * throw VarvelError `storage_*` or `state_*`.
 */
export interface State {
  /** Runs work in one write transaction; an error rolls everything back. Not nested. */
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
    /** By name: all, or the first few. */
    all(first?: number | null): Profile[];
    count(): number;
    names(): string[];
    get(name: string): Profile | null;
    /** Those that use a key. */
    withKey(keyId: string): Profile[];
    put(profile: Profile): void;
    rename(from: string, to: string): void;
    remove(name: string): void;
    /** The names of those with a star. */
    starred(): string[];
    setStarred(name: string, starred: boolean): void;
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
  /** Which vault was given which secret. */
  secretVaults: {
    isIn(name: string, kind: VaultKind): boolean;
    /** Whether a vault still has a secret that was deleted in the other one. */
    isLeftOver(name: string, kind: VaultKind): boolean;
    /** The other vault that has a secret; null when none is known to. */
    otherThan(kind: VaultKind, name: string): VaultKind | null;
    /** The name of a secret that is in a vault, or may be. */
    anyIn(kind: VaultKind): string | null;
    /** The names of all that is known to be in a vault. */
    allIn(kind: VaultKind): string[];
    put(name: string, kind: VaultKind): void;
    remove(name: string, kind: VaultKind): void;
    /** A vault is lost, with all that it had. */
    clear(kind: VaultKind): void;
    /** What the other vault has under a name was deleted in this one. */
    leaveOver(name: string, kind: VaultKind): void;
    /** The names of what a vault still has, and was deleted in the other one. */
    leftOver(kind: VaultKind): string[];
  };
  /** This process's intents, and those that dead processes left behind. */
  intents: {
    begin(intent: Intent): number;
    end(id: number): void;
    abandoned(): { id: number; intent: Intent }[];
  };
  /** The identities that are being signed in or out, so that a process that dies leaves no tokens of theirs unnoticed. */
  sessionIntents: {
    begin(identityId: string): void;
    end(identityId: string): void;
    /** Those of processes that died. */
    abandoned(): string[];
  };
  /** The new files that are being written beside other programs' files, by their paths. They may hold keys. */
  temporaryFiles: {
    begin(path: string): void;
    end(path: string): void;
    /** Those of processes that died. */
    abandoned(): string[];
  };
  activity: {
    /** The profiles that were switched to last, the latest first. */
    recentProfiles(limit: number): string[];
    add(entry: Omit<ActivityEntry, 'actor'>): void;
    /** Newest first. */
    list(filter: { since: number | null; keyId: string | null; limit: number }): ActivityEntry[];
    /** Deletes the oldest entries, up to the first that is not older. */
    removeBefore(at: number): void;
    /** Whether another program has changed or removed entries. */
    check(): LogCheck;
  };
  /** Which files hold which keys: one record for each variable in a file. */
  exports: {
    all(): ExportRecord[];
    /** The exports of a key. */
    withKey(keyId: string): ExportRecord[];
    /** The exports to a file, latest first. */
    ofFile(path: string): ExportRecord[];
    put(record: ExportRecord): void;
    remove(path: string, variable: string): void;
    /** A file may have this instead of what its record says: it is being changed, or a change was interrupted. */
    doubt(record: ExportRecord): void;
    /** A file has what its record says. */
    settle(path: string, variable: string): void;
    /** What files may have instead of what their records say. */
    doubts(): ExportRecord[];
    /** A file was exported to by the name of a symbolic link. */
    link(link: ExportLink): void;
    unlink(link: ExportLink): void;
    links(): ExportLink[];
  };
  /** Which GitHub Actions secrets have which keys. */
  githubSecrets: {
    all(): GithubSecret[];
    /** GitHub doesn't tell upper from lower case in their names. */
    get(target: GithubTarget): GithubSecret | null;
    put(secret: GithubSecret): void;
    remove(target: GithubTarget): void;
    /** A secret may still have a key, though its record names another: it isn't known how setting it ended. */
    doubt(target: GithubTarget, keyId: string): void;
    /** A secret has what its record says. */
    settle(target: GithubTarget): void;
    /** Those that may still have a key. */
    doubtful(keyId: string): GithubSecret[];
  };
  /** The folders that were pinned on this machine, and to what. Only their files count. */
  pins: {
    all(): { folder: string; profile: string }[];
    put(pin: { folder: string; profile: string }): void;
    remove(folder: string): void;
  };
  /** Keys that are being replaced, and what was done for it so far. */
  rotations: {
    /** Those that haven't ended, the oldest first. */
    active(): Rotation[];
    get(id: number): Rotation | null;
    /** The keys that took the place of others, in rotations that reached that point and weren't aborted. */
    replaced(): { oldKeyId: string; newKeyId: string }[];
    /** Adds one; a key is in one active rotation at most. @returns its id @throws VarvelError `conflict` */
    begin(rotation: Omit<Rotation, 'id'>): number;
    put(rotation: Rotation): void;
    journal(id: number): JournalEntry[];
    /** Adds entries, or replaces those of the same direction, kind and subject. */
    note(id: number, entries: JournalEntry[]): void;
  };
  /** Keys that end by themselves, the next to end first. */
  temporaryKeys: {
    all(): TemporaryKey[];
    /** Adds one, or changes its key, problem and next attempt. */
    put(key: Omit<TemporaryKey, 'held' | 'ended'>): void;
    /** The process whose end ends it, by its id; null for none. */
    hold(alias: string, holder: number | 'this process' | null): void;
    end(alias: string): void;
    /** Whether it was there. */
    remove(alias: string): boolean;
  };
  /** By when keys are to be rotated, and whom that was said to. */
  rotateBy: {
    all(): RotateByRule[];
    put(rule: RotateByRule): void;
    remove(subject: RotateByRule['subject'], id: string): void;
    /** Gives a key the rule of another one, unless it has its own. */
    copy(fromKeyId: string, toKeyId: string): void;
    /** Notes that somebody was reminded of a key's due date. False when that was noted before. */
    remind(keyId: string, dueAt: number): boolean;
  };
  /** What accounts had when they were asked last. */
  balances: {
    all(): Balance[];
    get(accountId: string): Balance | null;
    /** Keeps the amount of before when it changes. */
    put(balance: Omit<Balance, 'before'>): void;
  };
  budgets: {
    all(): Budget[];
    of(subject: BudgetSubject): Budget | null;
    /** Replaces the subject's budget, and forgets what it has alerted of. */
    set(budget: Omit<Budget, 'id' | 'spent'>): void;
    /** False when there was none. */
    remove(subject: BudgetSubject): boolean;
    note(id: number, spent: BudgetSpend): void;
    /** True for the first call for a threshold in a period, by any process: only that one tells it. */
    claimAlert(id: number, from: string, percent: number, at: number): boolean;
  };
  /** The hosts that this environment's keys may go to; none before its first use. */
  hosts: {
    all(): string[];
    put(hosts: string[]): void;
  };
  /**
   * Makes sure that open shells notice the last change of profiles, in case the process that made it died before
   * notifying them. Normally each change notifies them itself.
   */
  notifyShells(): void;
  /** Makes open shells ask again although no profile has changed: what they couldn't read may be readable now. */
  wakeShells(): void;
  /**
   * Hears of each change of this process to the current profile: a switch, or another name, key, account or host of the
   * one that is current.
   */
  onCurrentChange(listener: CurrentListener): void;
  /** How often each topic has changed, by any process. When a count grows, read that topic again. */
  topics(): Record<Topic, number>;
  close(): void;
}
