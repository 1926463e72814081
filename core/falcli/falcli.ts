import { createLog } from '../activity/log.ts';
import { profileWithoutKey, secretMissing } from '../keys/missing.ts';
import { VarvelError } from '../model/error.ts';
import type { InStep } from '../model/falcli.ts';
import { joinKey, parseKey } from '../model/key.ts';
import type { Profile } from '../model/profile.ts';
import { type Ports, secretName } from '../ports.ts';
import { collectComments, restoreComments } from './comments.ts';
import { decodeText, loadConfig, readConfig } from './config.ts';
import { readInStep, writeInStep } from './follow.ts';
import { type PlannedImport, planImport } from './import.ts';
import { type Plan, planApply, planUndo, type Undone, type Wanted } from './plan.ts';
import { compare, type Status } from './status.ts';
import { createCommentMemory, createUndoStore } from './undo-store.ts';

export type Falcli = ReturnType<typeof createFalcli>;

/** What would become of fal's file; both texts hold keys. */
export interface PlannedChange {
  path: string;
  /** Null when there is no file. */
  before: string | null;
  /** Null when the file would be taken away. */
  after: string | null;
}

export interface Applied {
  path: string;
  written: boolean;
  /** What a person should know. */
  notes: string[];
}

type Needs = Pick<Ports, 'state' | 'secrets' | 'files' | 'locks' | 'clock' | 'falConfigPath'>;

/** What the import needs of the other subjects. */
export interface ImportParts {
  storeKey(text: string): Promise<void>;
  createProfile(name: string, keyId: string | null, host: string | null): void;
}

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);

/** fal's own CLI: its profiles beside ours, and the current one taken over there. */
export function createFalcli(ports: Needs, parts: ImportParts) {
  const { state, secrets, files, locks, falConfigPath: path } = ports;
  const addToLog = createLog(ports);
  const undoStore = createUndoStore(ports);
  const memory = createCommentMemory(ports);

  /** What fal's CLI is to have of a profile. @throws VarvelError `not_found`, `vault_*` */
  async function wantedOf(profile: Profile | null, withKey: boolean): Promise<Wanted | null> {
    if (!profile) return null;
    const { name, host, keyId } = profile;
    if (!withKey) return { name, host, keyId, key: null };
    const key = keyId === null ? null : await secrets.get(secretName.key(keyId));
    if (key !== null) return { name, host, keyId, key };
    const hint = { action: 'leave_key_out' } as const;
    throw keyId === null ? profileWithoutKey(name, hint) : secretMissing(keyId, hint);
  }

  /** What can't be remembered is not worth failing for; it is said. */
  async function orNote<T>(notes: string[], otherwise: T, what: string, work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof VarvelError)) throw error;
      notes.push(`${what}: ${error.message}`);
      return otherwise;
    }
  }

  /** What an apply starts from and comes to, before anything is written. */
  async function prepareApply(profile: Profile | null, withKey: boolean) {
    const notes: string[] = [];
    const wanted = await wantedOf(profile, withKey);
    const { content, mode } = await loadConfig(files, path);
    const there = content === null ? [] : commentsOf(content);
    const remembered = await orNote(notes, [], 'Its comments were not looked after', () =>
      memory.read(path, there),
    );
    const plan = (text: string | null): Plan => planApply(text, wanted, remembered, path);
    return { content, mode, notes, plan, first: plan(content) };
  }

  async function applyNow(profile: Profile | null, withKey: boolean): Promise<Applied> {
    const { content, mode, notes, plan: planFor, first } = await prepareApply(profile, withKey);
    if (first.text === (content ?? '') && content !== null) return { path, written: false, notes };
    // kept before the change is made: after a crash there is too much to undo rather than too little
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
        { mode: 0o600, makeFolder: true },
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
      await orNote(notes, undefined, 'Its comments could not be remembered', () =>
        memory.write(path, commentsOf(now)),
      );
      if (mode !== null && (mode & 0o077) !== 0 && readConfig(now, path).profiles.some(({ key }) => key)) {
        notes.push(
          `Others could read ${path} (${mode.toString(8)}), which holds keys; it is yours alone now (600).`,
        );
      }
    }
    if (written && profile && withKey) logExported(profile);
    return { path, written, notes };
  }

  /** Whether the file was written in spite of a failure; one that can't be read may have been. */
  const holds = (text: string): Promise<boolean> =>
    loadConfig(files, path).then(
      ({ content }) => content === text,
      () => true,
    );

  function commentsOf(text: string) {
    // the parser first: what is no TOML has no comments that could be told apart
    readConfig(text, path);
    return collectComments(text);
  }

  const logExported = ({ name, keyId, account }: Profile) =>
    addToLog({
      kind: 'exported',
      account: account?.nickname ?? null,
      keyId,
      profile: name,
      detail: 'written into fal’s config.toml',
    });

  /** What we remember of our last change. @throws VarvelError `not_found` when there is none */
  async function lastChange() {
    const last = await undoStore.last();
    if (last) return last;
    throw nothingToUndo();
  }

  const one = <T>(work: () => Promise<T>): Promise<T> => locks.exclusive('falcli', work);

  /** What we know without the file. */
  const known = () => ({
    inStep: readInStep(state),
    commentsRemembered: memory.any(),
    undoable: undoStore.any(),
  });

  return {
    path,
    known,

    /** fal's profiles beside ours. @throws VarvelError `invalid` for a malformed file, `storage_*` */
    async status(): Promise<Status> {
      const file = await loadConfig(files, path);
      const config = readConfig(file.content ?? '', path);
      return compare(path, file, config, {
        profiles: state.profiles.all(),
        current: state.profiles.current(),
        ...known(),
      });
    },

    /** What `apply` would do to the file. @throws VarvelError as `apply` */
    async planApply(profile: Profile | null, withKey: boolean): Promise<PlannedChange> {
      const { content, first } = await prepareApply(profile, withKey);
      return { path, before: content, after: first.text };
    },

    /** What `undo` would do to the file, and what it would leave. @throws VarvelError as `undo` */
    async planUndo(): Promise<{ change: PlannedChange; left: string[] }> {
      const { record } = await lastChange();
      const { content } = await loadConfig(files, record.path);
      const { text, left, toRemove } =
        content === null ? nothingLeft : planUndo(content, record, record.path);
      return { change: { path: record.path, before: content, after: toRemove ? null : text }, left };
    },

    /**
     * Makes a profile that of fal's CLI, or none. Its key is written there only with `withKey`: that file is plain text.
     * @throws VarvelError `conflict`, `invalid`, `not_found`, `storage_*`, `vault_*`; the file is then as it was
     */
    apply: (profile: Profile | null, withKey: boolean): Promise<Applied> =>
      one(() => applyNow(profile, withKey)),

    keepInStep: (value: InStep): void => writeInStep(state, value),

    /**
     * Takes our last change that was not taken back yet back, and stops keeping in step.
     * @returns what another program has changed since and was left
     * @throws VarvelError `not_found` when there is nothing to undo
     */
    undo: (): Promise<{ path: string; left: string[]; removed: boolean; wasInStep: InStep }> =>
      one(async () => {
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
        await undoStore.drop(id);
        const wasInStep = readInStep(state);
        if (wasInStep !== 'off') writeInStep(state, 'off');
        return { path: record.path, left: undone.left, removed, wasInStep };
      }),

    /** Puts back the comments that were dropped since our last change. @returns whether the file has changed */
    restoreComments: (): Promise<boolean> =>
      one(async () => {
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

    /** Imports what a plan says; `rename` takes the proposed names as well. Nothing of ours is overwritten. */
    async import(steps: PlannedImport[], rename: boolean): Promise<string[]> {
      const imported: string[] = [];
      for (const step of steps) {
        const name = step.kind === 'new' ? step.as : step.kind === 'name' && rename ? step.proposal : null;
        if (name === null || (step.kind !== 'new' && step.kind !== 'name')) continue;
        if (step.parts) await parts.storeKey(joinKey(step.parts));
        parts.createProfile(name, step.parts?.id ?? null, step.host);
        imported.push(name);
      }
      return imported;
    },
  };
}

/** What is there to undo of a file that is gone. */
const nothingLeft: Undone = { text: '', left: [], toRemove: true };

const nothingToUndo = () =>
  new VarvelError('not_found', 'There is nothing of ours to undo in fal’s file.', { action: 'show_fal_cli' });
