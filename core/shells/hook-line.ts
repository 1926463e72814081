import { VarvelError } from '../model/error.ts';
import { type HookShell, hookShellNames, shells } from './shells.ts';

const loads = new RegExp(`^[^#]*\\bvarvel(?:\\.cmd)?['"]?\\s+hook\\s+(${hookShellNames.join('|')})\\b`);

/** The shell whose hook a line loads, or null. */
export function hookIn(line: string): HookShell | null {
  const name = line.match(loads)?.[1];
  return hookShellNames.find((known) => known === name) ?? null;
}

/** What was added to a file, so that it can be removed exactly. */
export interface Added {
  /** There was no file before. */
  made: boolean;
  inserted: string;
}

/** Adds the hook's line at the end of a text. @param text null when there is no file */
export function withHook(text: string | null, shell: HookShell): { text: string; added: Added } {
  const before = text ?? '';
  const eol = /\r\n$|\r\n[^\n]*$/.test(before) ? '\r\n' : '\n';
  const inserted = `${before === '' || before.endsWith('\n') ? '' : eol}${shells[shell].hook.line}${eol}`;
  return { text: before + inserted, added: { made: text === null, inserted } };
}

/**
 * Removes what loads a shell's hook from a text; null for a file that has nothing else.
 * @throws VarvelError `conflict` for a line that does more than that
 */
export function withoutHook(
  text: string,
  shell: HookShell,
  added: Added | null,
  path: string,
): string | null {
  if (added && text.endsWith(added.inserted)) {
    const rest = text.slice(0, -added.inserted.length);
    if (!loadsAny(rest, shell)) return rest === '' && added.made ? null : rest;
  }
  const { hook } = shells[shell];
  return text
    .split(/(?<=\n)/)
    .filter((whole, index) => {
      const line = whole.replace(/\r?\n$/, '');
      if (hookIn(line) !== shell) return true;
      if (line.trim() === hook.line || hook.handwritten.test(line)) return false;
      throw doesMore(path, index + 1);
    })
    .join('');
}

export const loadsAny = (text: string, shell: HookShell): boolean =>
  text.split('\n').some((line) => hookIn(line) === shell);

const doesMore = (path: string, line: number) =>
  new VarvelError(
    'conflict',
    `Line ${line} of ${path} does more than load the hook. The file was not changed.`,
    'Remove that part in an editor.',
  );
