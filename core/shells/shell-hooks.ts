import * as z from 'zod/mini';
import { VarvelError } from '../model/error.ts';
import { bytesOfText, textOfBytes } from '../patch/bytes.ts';
import type { Ports } from '../ports.ts';
import { type Added, loadsAny, withHook, withoutHook } from './hook-line.ts';
import { keyInLine } from './key-in-line.ts';
import type { HookShell } from './shells.ts';
import type { ShellsHere, StartUpLine } from './shells-here.ts';

const remembered = z.object({ path: z.string(), made: z.boolean(), inserted: z.string() });

/** One character per byte, which keeps any encoding. */
function textOf(bytes: Uint8Array, path: string): string {
  if (bytes.includes(0)) {
    throw new VarvelError(
      'invalid',
      `${path} is not a text file (it has NUL bytes). The file was not changed.`,
      'Save it as UTF-8 first.',
    );
  }
  return textOfBytes(bytes);
}

interface FileTexts {
  path: string;
  before: string | null;
  after: string | null;
}

/** Adds the hook's line to a shell's start-up file, and removes it. */
export function createShellHooks({
  state,
  files,
  startUpFiles,
}: Pick<Ports, 'state' | 'files' | 'startUpFiles'>) {
  const setting = (shell: HookShell): string => `hook_line_${shell}`;

  function lastAdded(shell: HookShell, path: string): Added | null {
    try {
      const found = remembered.parse(JSON.parse(state.settings.get(setting(shell)) ?? 'null'));
      return found.path === path ? found : null;
    } catch {
      return null;
    }
  }

  /** The changed text: the same when there is nothing to change, null for a file that is no longer needed. */
  function changed(text: string | null, shell: HookShell, add: boolean, path: string) {
    const loaded = text !== null && loadsAny(text, shell);
    if (add === loaded) return { text, added: null };
    if (add) return withHook(text, shell);
    return { text: text && withoutHook(text, shell, lastAdded(shell, path), path), added: null };
  }

  /** The file that loads the hook, or the one where it belongs. */
  async function placeOf(shell: HookShell, add: boolean): Promise<{ path: string; isDone: boolean }> {
    const state = (await startUpFiles.look()).shells.find((known) => known.shell === shell);
    return { path: state?.hook?.file ?? state?.file ?? '', isDone: add === Boolean(state?.hook) };
  }

  return {
    /** This machine's shells, and what their start-up files do. */
    look: (): Promise<ShellsHere> => startUpFiles.look(),

    /**
     * The key in a line that sets FAL_KEY, for the vault.
     * @throws VarvelError `not_found` for any other line, `invalid` when the line doesn't hold the key itself, `storage_*`
     */
    async keyAt({ file, line }: StartUpLine): Promise<string> {
      const { sets } = await startUpFiles.look();
      const isKnown = sets.some((set) => set.file === file && set.line === line);
      const bytes = isKnown ? await read(files, file) : null;
      if (!bytes) {
        throw new VarvelError(
          'not_found',
          `${file}, line ${line}, doesn’t set FAL_KEY.`,
          'The file may have changed. Look at it again.',
        );
      }
      const key = keyInLine(textOf(bytes, file).split('\n')[line - 1] ?? '');
      if (key !== null) return key;
      throw new VarvelError(
        'invalid',
        `${file}, line ${line}, gets the key from another place.`,
        'Copy the key from there, and add it from the clipboard.',
      );
    },

    /**
     * What adding or removing the line would do to a file.
     * @returns the file, and texts with one character per byte; null when there is no file
     * @throws VarvelError `conflict` for a line that does more, `invalid`, `storage_*`
     */
    async plan(shell: HookShell, add: boolean): Promise<FileTexts> {
      const { path } = await placeOf(shell, add);
      const bytes = await read(files, path);
      const before = bytes && textOf(bytes, path);
      return { path, before, after: changed(before, shell, add, path).text };
    },

    /** Adds or removes the line. @throws VarvelError as `plan`, and as Files.patch */
    async change(shell: HookShell, add: boolean): Promise<{ path: string; written: boolean }> {
      const { path, isDone } = await placeOf(shell, add);
      if (isDone) return { path, written: false };
      const outcome: { added: Added | null; unneeded: boolean } = { added: null, unneeded: false };
      const { written } = await files.patch(
        path,
        (before) => {
          const text = before && textOf(before, path);
          const now = changed(text, shell, add, path);
          outcome.added = now.added;
          outcome.unneeded = text !== null && now.text === null;
          return now.text === null || now.text === text ? null : bytesOfText(now.text);
        },
        { mode: 'keep', createFolder: add },
      );
      if (outcome.added) state.settings.set(setting(shell), JSON.stringify({ path, ...outcome.added }));
      const removed =
        outcome.unneeded &&
        (await files.remove(path, (bytes) => {
          if (changed(textOf(bytes, path), shell, false, path).text !== null) throw changing(path);
        }));
      if (!add) state.settings.set(setting(shell), '');
      return { path, written: written || removed };
    },
  };
}

async function read(files: Ports['files'], path: string): Promise<Uint8Array | null> {
  try {
    return (await files.read(path)).bytes;
  } catch (error) {
    // without the folder there is no file
    if (error instanceof VarvelError && error.code === 'not_found') return null;
    throw error;
  }
}

const changing = (path: string) =>
  new VarvelError(
    'conflict',
    `Another program changed ${path} at the same time. Varvel did not change it.`,
    'Try again.',
  );
