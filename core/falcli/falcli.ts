import { createLog } from '../activity/log.ts';
import { lookAtFile } from '../exports/file/look.ts';
import { profileWithoutKey, secretMissing } from '../keys/missing.ts';
import { VarvelError } from '../model/error.ts';
import { joinKey, parseKey } from '../model/fal/key.ts';
import type { InStep } from '../model/machine/falcli.ts';
import type { GitState } from '../model/machine/git-state.ts';
import type { Profile } from '../model/profile.ts';
import { type Ports, secretName } from '../ports.ts';
import { collectComments, restoreComments } from './comments.ts';
import { decodeText, loadConfig, readConfig } from './config.ts';
import { type PlannedImport, planImport } from './import.ts';
import { noteOfGit, refuseInGit } from './in-git.ts';
import { countChanges, isForced, readInStep, settle, writeInStep } from './in-step.ts';
import { createKnownFiles } from './known-files.ts';
import { type Plan, planApply, planUndo, type Undone, type Wanted } from './plan.ts';
import { compare, type Status } from './status.ts';
import { createCommentMemory, createUndoStore } from './undo-store.ts';

export type Falcli = ReturnType<typeof createFalcli>;

/** A change to fal's file; both texts hold keys. */
export interface PlannedChange {
  path: string;
  /** Null when there is no file. */
  before: string | null;
  /** Null when the file would be deleted. */
  after: string | null;
}

export interface Applied {
  path: string;
  written: boolean;
  /** Whether the profile has a key in the file. Without one, the fal CLI acts for the profile's account as team. */
  hasKey: boolean;
  /** Notes for the user. */
  notes: string[];
}

type Needs = Pick<Ports, 'state' | 'secrets' | 'files' | 'locks' | 'clock' | 'git' | 'falConfigPath'>;

/** What the import needs from the other subjects. */
export interface ImportParts {
  /** @param alias until fal names the key */
  storeKey(text: string, alias: string): Promise<void>;
  createProfile(name: string, keyId: string | null, host: string | null): void;
}

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);

/**
 * The fal CLI: compares and imports its profiles, and syncs the current one.
 * @throws VarvelError `conflict` when FAL_CONFIG_PATH is empty
 */
export function createFalcli(ports: Needs, parts: ImportParts) {
  const { state, secrets, files, locks, git } = ports;
  const path = existingPath(ports.falConfigPath);
  const addToLog = createLog(ports);
  const undoStore = createUndoStore(ports);
  const knownFiles = createKnownFiles(ports);
  const memory = createCommentMemory(ports);

  /** What to write for a profile. @throws VarvelError `not_found`, `vault_*` */
  async function wantedOf(profile: Profile | null, withKey: boolean): Promise<Wanted | null> {
    if (!profile) return null;
    const { name, host, keyId } = profile;
    const team = profile.account?.nickname ?? null;
    if (!withKey) return { name, host, keyId, key: null, team };
    const key = keyId === null ? null : await secrets.get(secretName.key(keyId));
    if (key !== null) return { name, host, keyId, key, team };
    const hint = { action: 'leave_key_out' } as const;
    throw keyId === null ? profileWithoutKey(name, hint) : secretMissing(keyId, hint);
  }

  /** Runs work; a failure becomes a note. */
  async function orAddNote<T>(
    notes: string[],
    otherwise: T,
    what: string,
    work: () => Promise<T>,
  ): Promise<T> {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof VarvelError)) throw error;
      notes.push(`${what}: ${error.message}`);
      return otherwise;
    }
  }

  /** Prepares an apply without writing anything. */
  async function prepareApply(profile: Profile | null, withKey: boolean) {
    const notes: string[] = [];
    const wanted = await wantedOf(profile, withKey);
    const { target, content, mode } = await loadConfig(files, path);
    const there = content === null ? [] : commentsOf(content);
    const remembered = await orAddNote(notes, [], 'Couldn’t check the file’s comments', () =>
      memory.read(path, there),
    );
    const plan = (text: string | null): Plan => planApply(text, wanted, remembered, path);
    return {
      target,
      content,
      mode,
      notes,
      plan,
      first: plan(content),
      git: wanted?.key ? await git.state(target) : null,
    };
  }

  async function applyNow(given: Profile | null, withKey: boolean, force: boolean): Promise<Applied> {
    // it may have got another key since: a rotation waits for this, and looks again
    const renewed = given && state.profiles.get(given.name);
    const profile = renewed && renewed.keyId !== given.keyId ? renewed : given;
    const prepared = await prepareApply(profile, withKey);
    const { target, content, mode, notes, plan: planFor, first, git: gitState } = prepared;
    if (first.text === (content ?? '') && content !== null) {
      if (first.hasKey) knownFiles.add(path);
      return { path, written: false, hasKey: first.hasKey, notes };
    }
    if (gitState && !force) refuseInGit(target, gitState);
    // stored before the change: after a crash there is too much to undo rather than too little
    const kept = first.undo.edits.length > 0 ? await undoStore.push(first.undo) : null;
    let plan: Plan = first;
    const { written, after } = await files
      .patch(
        path,
        (before) => {
          const text = before && decodeText(before, path);
          plan = text === content ? first : planFor(text);
          return plan.text === (text ?? '') ? null : bytesOf(plan.text);
        },
        { mode: 0o600, createFolder: true },
      )
      .catch(async (error: unknown) => {
        if (kept !== null && !(await holds(plan.text))) await undoStore.drop(kept).catch(() => undefined);
        throw error;
      });
    const isOther = !written || JSON.stringify(plan.undo) !== JSON.stringify(first.undo);
    if (written && isOther && plan.undo.edits.length > 0) await undoStore.push(plan.undo);
    if (isOther && kept !== null) await undoStore.drop(kept);
    const now = after && decodeText(after, path);
    if (now) {
      await orAddNote(notes, undefined, 'Couldn’t save the file’s comments', () =>
        memory.write(path, commentsOf(now)),
      );
      if (mode !== null && (mode & 0o077) !== 0 && readConfig(now, path).profiles.some(({ key }) => key)) {
        notes.push(
          `Others could read ${path} (${mode.toString(8)}), which holds keys. Now only you can (600).`,
        );
      }
    }
    if (written && profile && withKey) logExported(profile);
    const gitNote = gitState && noteOfGit(target, gitState);
    if (gitNote) notes.push(gitNote);
    return { path, written, hasKey: plan.hasKey, notes };
  }

  /** Whether the file was written despite a failure; assumed when it can't be read. */
  const holds = (text: string): Promise<boolean> =>
    loadConfig(files, path).then(
      ({ content }) => content === text,
      () => true,
    );

  function commentsOf(text: string) {
    // parse first: comments can only be found in valid TOML
    readConfig(text, path);
    return collectComments(text);
  }

  const logExported = ({ name, keyId, account }: Profile) =>
    addToLog({
      kind: 'exported',
      account: account?.nickname ?? null,
      keyId,
      profile: name,
      detail: 'to the fal CLI’s config.toml',
    });

  /** Varvel's last change. @throws VarvelError `not_found` when there is none, or its file may be on a disk that isn't there */
  async function lastChange() {
    const last = await undoStore.last();
    if (!last) throw nothingToUndo();
    const seen = await lookAtFile(files, last.record.path);
    if (seen.state === 'unseen') throw seen.why;
    return last;
  }

  const exclusively = <T>(work: () => Promise<T>): Promise<T> => locks.exclusive('falcli', work);

  /** What is known without the file. */
  const known = () => ({
    inStep: readInStep(state),
    commentsRemembered: memory.any(),
    undoable: undoStore.any(),
  });

  return {
    path,
    known,

    /** Compares fal's profiles with ours. @throws VarvelError `invalid` for a malformed file, `storage_*` */
    async status(): Promise<Status> {
      const file = await loadConfig(files, path);
      const config = readConfig(file.content ?? '', path);
      return compare(path, file, config, {
        profiles: state.profiles.all(),
        current: state.profiles.current(),
        ...known(),
      });
    },

    /**
     * What `apply` would do to the file, and what git does with it if it would hold a new key.
     * @throws VarvelError as `apply`, but for git
     */
    async planApply(
      profile: Profile | null,
      withKey: boolean,
    ): Promise<{ change: PlannedChange; git: GitState | null }> {
      const { content, first, git: gitState } = await prepareApply(profile, withKey);
      const isChange = first.text !== content;
      return { change: { path, before: content, after: first.text }, git: isChange ? gitState : null };
    },

    /** What `undo` would do to the file, and what it would leave. @throws VarvelError as `undo` */
    async planUndo(): Promise<{ change: PlannedChange; left: string[] }> {
      const { record } = await lastChange();
      const { content } = await loadConfig(files, record.path);
      const { text, left, toRemove } = content === null ? fileGone : planUndo(content, record, record.path);
      return { change: { path: record.path, before: content, after: toRemove ? null : text }, left };
    },

    /**
     * Makes the fal CLI use a profile, or none. Writes the key only with `withKey`: that file is plain text. A sync that was
     * due is not any more.
     * @param force writes the key even if git tracks the file
     * @throws VarvelError `conflict`, `invalid`, `not_found`, `storage_*`, `vault_*`; the file is then unchanged
     */
    async apply(profile: Profile | null, withKey: boolean, force = false): Promise<Applied> {
      const change = countChanges(state);
      const applied = await exclusively(() => applyNow(profile, withKey, force));
      settle(state, change);
      return applied;
    },

    /** Makes the fal CLI use the profile that is current by then, if sync is on. @throws VarvelError as `apply` */
    sync: (): Promise<void> =>
      exclusively(async () => {
        const inStep = readInStep(state);
        if (inStep === 'off') return;
        const name = state.profiles.current();
        const profile = name === null ? null : state.profiles.get(name);
        await applyNow(profile, inStep === 'key' && profile?.keyId != null, isForced(state));
      }),

    /** @param force each sync writes the key even if git tracks the file */
    setSync: (value: InStep, force = false): void => writeInStep(state, value, force),

    /**
     * Undoes the last change that wasn't undone yet, and turns off sync.
     * @returns what was left because another program changed it since
     * @throws VarvelError `not_found` when there is nothing to undo, or its file may be on a disk that isn't there
     */
    undo: (): Promise<{ path: string; left: string[]; removed: boolean; wasInStep: InStep }> =>
      exclusively(async () => {
        const { id, record } = await lastChange();
        let undone: Pick<Undone, 'left' | 'toRemove'> = { left: [], toRemove: false };
        await files.patch(record.path, (before) => {
          if (!before) return null;
          const planned = planUndo(decodeText(before, record.path), record, record.path);
          undone = planned;
          return bytesOf(planned.text);
        });
        const removed =
          undone.toRemove &&
          (await files.remove(record.path, (bytes) => {
            if (decodeText(bytes, record.path).trim() !== '') throw nothingToUndo();
          }));
        // what was there before may be a key of ours
        knownFiles.add(record.path);
        await undoStore.drop(id);
        const wasInStep = readInStep(state);
        if (wasInStep !== 'off') writeInStep(state, 'off', false);
        return { path: record.path, left: undone.left, removed, wasInStep };
      }),

    /** Restores the comments that were dropped since the last change. @returns whether the file has changed */
    restoreComments: (): Promise<boolean> =>
      exclusively(async () => {
        const remembered = await memory.read(path, null);
        if (remembered.length === 0) throw nothingToUndo();
        const { written } = await files.patch(path, (before) => {
          if (!before) return null;
          const text = decodeText(before, path);
          const there = new Set(commentsOf(text).map((comment) => JSON.stringify(comment)));
          const missing = remembered.filter((comment) => !there.has(JSON.stringify(comment)));
          return bytesOf(restoreComments(text, missing, path));
        });
        return written;
      }),

    /** What an import would do. @throws VarvelError `vault_*`, `invalid` */
    async planImport(): Promise<PlannedImport[]> {
      const { content } = await loadConfig(files, path);
      return planImport(readConfig(content ?? '', path).profiles, {
        profile: (name) => state.profiles.get(name),
        secret: async (keyId) => {
          const key = await secrets.get(secretName.key(keyId));
          return key === null ? null : parseKey(key).secret;
        },
      });
    },

    /** Imports what a plan says; with `rename`, also under proposed names. Overwrites nothing. */
    async import(steps: PlannedImport[], rename: boolean): Promise<string[]> {
      const imported: string[] = [];
      for (const step of steps) {
        const name = step.kind === 'new' ? step.as : step.kind === 'name' && rename ? step.proposal : null;
        if (name === null || (step.kind !== 'new' && step.kind !== 'name')) continue;
        if (step.parts) {
          knownFiles.add(path);
          await parts.storeKey(joinKey(step.parts), name);
        }
        parts.createProfile(name, step.parts?.id ?? null, step.host);
        imported.push(name);
      }
      return imported;
    },
  };
}

/** @throws VarvelError `conflict` without a path: the fal CLI has no file then either, and can't write one */
function existingPath(path: string | null): string {
  if (path !== null) return path;
  throw new VarvelError(
    'conflict',
    'FAL_CONFIG_PATH is empty, so the fal CLI has no config file.',
    'Unset FAL_CONFIG_PATH, or set it to a file.',
  );
}

/** The undo of a file that is gone. */
const fileGone: Undone = { text: '', left: [], toRemove: true };

const nothingToUndo = () =>
  new VarvelError('not_found', 'There is nothing to undo in the fal CLI’s file.', { action: 'show_fal_cli' });
