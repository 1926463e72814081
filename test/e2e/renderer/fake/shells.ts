import type { DiffLine, FileChange, ShellStates } from '../../../../contract/rows.ts';
import type { HookShell } from '../../../../core/shells/shells.ts';
import { type FakeHandlers, type Memory, Refusal } from './memory.ts';

const start: Record<HookShell, { file: string; line: string }> = {
  zsh: { file: '/home/ada/.zshrc', line: 'eval "$(varvel hook zsh)"' },
  bash: { file: '/home/ada/.bashrc', line: 'eval "$(varvel hook bash)"' },
  fish: { file: '/home/ada/.config/fish/conf.d/varvel.fish', line: 'varvel hook fish | source' },
  pwsh: {
    file: '/home/ada/.config/powershell/profile.ps1',
    line: 'Invoke-Expression (& varvel hook pwsh | Out-String)',
  },
};

/** The shells of Ada's machine: zsh is hers and follows, bash doesn't, PowerShell isn't there. */
export function fakeShells({ options, changed }: Memory): FakeHandlers<'shells'> {
  const state = (shell: HookShell, installed: boolean, login: boolean, line: number | null) => ({
    shell,
    installed,
    login,
    file: start[shell].file,
    hook: line === null ? null : { file: start[shell].file, line },
  });
  const shells: ShellStates['shells'] = [
    state('zsh', true, true, options.firstRun ? null : 31),
    state('bash', true, false, null),
    state('fish', true, false, options.firstRun ? null : 1),
    state('pwsh', false, false, null),
  ];
  const sets = [{ file: '/home/ada/.zshrc', line: 14 }];
  const shellOf = (name: HookShell) => {
    const found = shells.find(({ shell }) => shell === name);
    if (!found) throw new Refusal('not_found', `There is no ${name} here.`, '');
    return found;
  };

  return {
    'shells.list': () => ({ shells, sets, command: options.noCommand ? null : '/usr/bin/varvel' }),
    'shells.planHook': ({ shell, add }): FileChange => {
      const { hook } = shellOf(shell);
      const { file, line } = start[shell];
      const before: DiffLine[] = Array.from({ length: 30 }, (_, index) => ({
        kind: 'same',
        text: `alias a${index}='git status'`,
      }));
      const nothing = add === (hook !== null);
      const changedLine: DiffLine = { kind: add ? 'added' : 'removed', text: line };
      return { path: file, exists: true, lines: nothing ? [] : [...before, changedLine] };
    },
    'shells.changeHook': ({ shell, add }) => {
      const found = shellOf(shell);
      const written = add === (found.hook === null);
      found.hook = add ? { file: found.file, line: 31 } : null;
      changed();
      return { path: found.file, written };
    },
  };
}
