import * as z from 'zod/mini';
import { VarvelError } from '../model/error.ts';
import { bytesOfText, textOfBytes } from '../patch/bytes.ts';
import type { Ports } from '../ports.ts';
import { type Added, loadsAny, withHook, withoutHook } from './hook-line.ts';
import type { HookShell } from './shells.ts';
import type { ShellsHere } from './shells-here.ts';

const remembered = z.object({ path: z.string(), made: z.boolean(), inserted: z.string() });

/** One character for each byte, so that every encoding stays. */
function textOf(bytes: Uint8Array, path: string): string {
  if (bytes.includes(0)) {
    throw new VarvelError(
      'invalid',
      `${path} is no text that a shell could read (it holds NUL bytes); it was left as it is.`,
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

/** Puts the hook's one line into a shell's start-up file, and takes it out again. */
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

  /** What a text becomes: itself when there is nothing to change, null for a file that is not needed any more. */
  function changed(text: string | null, shell: HookShell, add: boolean, path: string) {
    const loaded = text !== null && loadsAny(text, shell);
    if (add === loaded) return { text, added: null };
    if (add) return withHook(text, shell);
    return { text: text && withoutHook(text, shell, lastAdded(shell, path), path), added: null };
  }

  /** The file that loads the hook, else the one where it belongs. */
  async function placeOf(shell: HookShell, add: boolean): Promise<{ path: string; isDone: boolean }> {
    const state = (await startUpFiles.look()).shells.find((known) => known.shell === shell);
    return { path: state?.hook?.file ?? state?.file ?? '', isDone: add === Boolean(state?.hook) };
  }

  return {
    /** The shells of this machine, and what their start-up files do. */
    look: (): Promise<ShellsHere> => startUpFiles.look(),

    /**
     * What adding the line would do to a file, or taking it away.
     * @returns the file, and texts of one character for each byte; null where there is no file
     * @throws VarvelError `conflict` for a line that does more, `invalid`, `storage_*`
     */
    async plan(shell: HookShell, add: boolean): Promise<FileTexts> {
      const { path } = await placeOf(shell, add);
      const bytes = await read(files, path);
      const before = bytes && textOf(bytes, path);
      return { path, before, after: changed(before, shell, add, path).text };
    },

    /** Does it. @throws VarvelError as `plan`, and as Files.patch */
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
        { mode: 'keep', makeFolder: add },
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
    // no folder, no file
    if (error instanceof VarvelError && error.code === 'not_found') return null;
    throw error;
  }
}

const changing = (path: string) =>
  new VarvelError(
    'conflict',
    `${path} has been changed by another program meanwhile; it was left to that one.`,
    'Try again.',
  );
