import { VarvelError } from '../model/error.ts';
import { type HookShell, hookShells } from '../model/hook-shell.ts';

/**
 * The one line that loads a shell's hook from its start-up file. It says nothing where there is no varvel, costs nothing
 * where nobody looks at a prompt, and leaves no failure behind.
 */
export const hookLine: Record<HookShell, string> = {
  bash: 'if [[ $- == *i* ]] && command -v varvel >/dev/null; then eval "$(varvel hook bash)"; fi',
  zsh: 'if command -v varvel >/dev/null; then eval "$(varvel hook zsh)"; fi',
  fish: 'if status is-interactive; and command -q varvel; varvel hook fish | source; end',
  pwsh: 'if (Get-Command varvel -ErrorAction SilentlyContinue) { Invoke-Expression (varvel hook pwsh | Out-String) }',
};

const loads = new RegExp(`^[^#]*\\bvarvel(?:\\.cmd)?['"]?\\s+hook\\s+(${hookShells.join('|')})\\b`);

/** The shell whose hook a line loads; null when it loads none. */
export function hookIn(line: string): HookShell | null {
  const name = line.match(loads)?.[1];
  return hookShells.find((known) => known === name) ?? null;
}

const program = String.raw`(?:&\s*)?\S*varvel(?:\.cmd)?['"]?`;
const quiet = String.raw`(?:\s*(?:&>|[12]?>)\s*\S+)*`;
const unlessThere = String.raw`(?:(?:command\s+-[vq]|type|which|hash)\s+${program}${quiet}\s*(?:&&|;\s*and)\s*)?`;
const end = String.raw`\s*;?\s*(?:#.*)?$`;
const posix = String.raw`^\s*${unlessThere}(?:eval\s+"?\$\(\s*${program}\s+hook\s+(?:bash|zsh)\s*\)"?|(?:source|\.)\s+<\(\s*${program}\s+hook\s+(?:bash|zsh)\s*\))${end}`;

/** Lines as people write them by hand, which do nothing but load the hook. */
const plain: Record<HookShell, RegExp> = {
  bash: new RegExp(posix),
  zsh: new RegExp(posix),
  fish: new RegExp(
    String.raw`^\s*${unlessThere}${program}\s+hook\s+fish\s*\|\s*(?:source|\.)(?:\s+-)?${end}`,
  ),
  pwsh: new RegExp(
    String.raw`^\s*(?:Invoke-Expression|iex)\s+\(\s*${program}\s+hook\s+pwsh\s*\|\s*Out-String\s*\)${end}|^\s*${program}\s+hook\s+pwsh\s*\|\s*Out-String\s*\|\s*(?:Invoke-Expression|iex)${end}`,
    'i',
  ),
};

/** What an addition put into a file, so that it can be taken away to the byte. */
export interface Added {
  /** There was no file before. */
  made: boolean;
  inserted: string;
}

/** A text with the hook's line at its end, in lines of its own. @param text null where there is no file */
export function withHook(text: string | null, shell: HookShell): { text: string; added: Added } {
  const before = text ?? '';
  const eol = /\r\n$|\r\n[^\n]*$/.test(before) ? '\r\n' : '\n';
  const inserted = `${before === '' || before.endsWith('\n') ? '' : eol}${hookLine[shell]}${eol}`;
  return { text: before + inserted, added: { made: text === null, inserted } };
}

/**
 * A text without what loads a shell's hook; null for a file that was there for nothing else.
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
  return text
    .split(/(?<=\n)/)
    .filter((whole, index) => {
      const line = whole.replace(/\r?\n$/, '');
      if (hookIn(line) !== shell) return true;
      if (line.trim() === hookLine[shell] || plain[shell].test(line)) return false;
      throw doesMore(path, index + 1);
    })
    .join('');
}

export const loadsAny = (text: string, shell: HookShell): boolean =>
  text.split('\n').some((line) => hookIn(line) === shell);

const doesMore = (path: string, line: number) =>
  new VarvelError(
    'conflict',
    `Line ${line} of ${path} does more than load the hook; the file was left as it is.`,
    'Take that part out yourself, with an editor.',
  );
