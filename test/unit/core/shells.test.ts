import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { hookIn, withHook, withoutHook } from '../../../core/shells/hook-line.ts';
import {
  completionShellNames,
  hookShellNames,
  knownShell,
  ownShell,
  type Shell,
  shellNames,
  shells,
} from '../../../core/shells/shells.ts';

const root = join(import.meta.dirname, '../../..');

test.each<[string, Shell | null]>([
  ['bash', 'bash'],
  ['/usr/bin/zsh', 'zsh'],
  ['/usr/local/bin/fish', 'fish'],
  ['/bin/dash', 'sh'],
  ['busybox', 'sh'],
  ['ksh93', 'sh'],
  ['mksh', 'sh'],
  ['bash5', 'bash'],
  ['csh', 'tcsh'],
  ['nu', 'nu'],
  ['C:\\Program Files\\PowerShell\\7\\pwsh.exe', 'pwsh'],
  ['C:\\Windows\\System32\\cmd.EXE', 'cmd'],
  ['/usr/bin/xonsh', null],
  ['node', null],
  ['', null],
])('the program %s is the shell %s', (program, shell) => {
  expect(knownShell(program)).toBe(shell);
});

test('whose shell nothing says has the system’s, and one that is not known counts as sh', () => {
  expect([ownShell(undefined, 'linux'), ownShell(undefined, 'win32')]).toEqual(['sh', 'pwsh']);
  expect([ownShell('/opt/xonsh', 'win32'), ownShell('/bin/fish', 'win32')]).toEqual(['sh', 'fish']);
});

test('a program is one shell’s only', () => {
  const programs = shellNames.flatMap((name): string[] => shells[name].programs);
  expect(programs).toEqual([...new Set(programs)]);
});

describe.each(shellNames)('%s', (name) => {
  const shell = shells[name];

  test('is taken up by a command that names the profile, and no secret', () => {
    expect(shell.takeUp('staging')).toContain('varvel env staging');
  });

  test('has a start-up file in which what it sets is found', () => {
    const line = shell.set('FAL_KEY', 'a:b');
    expect(shell.startUpFiles.length > 0).toBe(shell.setting !== null);
    if (shell.setting === null) return;
    expect(line).toMatch(new RegExp(shell.setting('FAL_KEY')));
    expect(line).not.toMatch(new RegExp(shell.setting('FAL')));
  });
});

test.each(hookShellNames)('the hook of %s is there, and its line is known as people write it', (name) => {
  const { script, line, load, file, handwritten } = shells[name].hook;
  expect(existsSync(join(root, 'cli/hook/scripts', script))).toBe(true);
  expect(shells[name].startUpFiles).toContain(file);
  expect([hookIn(line), hookIn(load)]).toEqual([name, name]);
  expect(`  ${load} # mine`).toMatch(handwritten);
  expect(`${load}; rm -r x`).not.toMatch(handwritten);
  const { text, added } = withHook('A=1', name);
  expect(text).toBe(`A=1\n${line}\n`);
  expect(withoutHook(text, name, added, file)).toBe('A=1');
  expect(withoutHook(`A=1\n${load}\nB=2\n`, name, null, file)).toBe('A=1\nB=2\n');
});

test.each(completionShellNames)('the completion script of %s is there', (name) => {
  expect(existsSync(join(root, 'cli/framework/completion/completions', shells[name].completion))).toBe(true);
});
