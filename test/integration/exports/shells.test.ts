import { expect, test } from 'vitest';
import { render, renderUnset } from '../../../core/exports/render.ts';
import type { Shell } from '../../../core/shells/shells.ts';
import { figure } from '../../attacks/figures.ts';
import { nuProgram } from '../nushell.ts';
import { readBy } from './read.ts';
import { values } from './values.ts';

/** Each shell by the program, its flags, and the format that is for it. */
const shells: [string, string[], Shell][] = [
  ['sh', [], 'sh'],
  ['dash', [], 'sh'],
  ['busybox', ['sh'], 'sh'],
  ['mksh', [], 'sh'],
  ['ksh93', [], 'sh'],
  ['bash', ['--norc'], 'bash'],
  ['bash', ['--posix', '--norc'], 'bash'],
  ['zsh', ['-f'], 'zsh'],
  ['fish', ['--no-config'], 'fish'],
  ['tcsh', ['-f'], 'tcsh'],
  ['elvish', ['-norc'], 'elvish'],
  [nuProgram, ['--no-config-file'], 'nu'],
];

/** How a shell prints a variable as it is, without a process of its own. */
const print = (program: string, shell: Shell): string => {
  if (program === 'mksh') return 'print -r -- "$FAL_KEY"';
  if (shell === 'tcsh' || shell === 'elvish') return 'printenv FAL_KEY';
  if (shell === 'nu') return 'print $env.FAL_KEY';
  if (shell === 'fish') return 'printf "%s\\n" $FAL_KEY';
  return 'printf "%s\\n" "$FAL_KEY"';
};

test.each(shells)('%s %j reads back thousands of values as they were', (program, flags, shell) => {
  const content = values
    .map((value) => `${render(shell, { FAL_KEY: value })}${print(program, shell)}\n`)
    .join('');
  const said = readBy(program, (file) => [...flags, file], { name: 'script', content });
  expect(said.split('\n').slice(0, -1)).toEqual(values);
  figure(18, `${program} ${flags.join(' ')}`, {
    'values through a shell': values.length,
    'values changed': 0,
  });
});

test.each(shells)('what %s %j sets is in the environment of what it starts', (program, flags, shell) => {
  const content = `${render(shell, { FAL_KEY: "a:b'c", FAL_KEY_STAGING: 'd' })}printenv FAL_KEY\nprintenv FAL_KEY_STAGING\n`;
  expect(readBy(program, (file) => [...flags, file], { name: 'script', content })).toBe("a:b'c\nd\n");
});

test.each(shells)('%s %j forgets what --unset names, set or not', (program, flags, shell) => {
  // a command that fails ends a script of Elvish
  const quiet: Partial<Record<Shell, string>> = {
    elvish: 'nop ?(printenv FAL_KEY)',
    nu: 'do --ignore-errors { printenv FAL_KEY }',
  };
  const read = quiet[shell] ?? 'printenv FAL_KEY';
  const content = `${render(shell, { FAL_KEY: 'a:b' })}${renderUnset(shell, ['FAL_KEY', 'FAL_HOST'])}${read}\n${read.replace('KEY', 'HOST')}\necho end\n`;
  expect(readBy(program, (file) => [...flags, file], { name: 'script', content })).toBe('end\n');
});

test('tcsh takes values by eval "`…`" too, blanks and all', () => {
  const some = values.slice(0, 400);
  const content = some.map((_, n) => `eval "\`cat value-${n}\`"\nprintenv FAL_KEY\n`).join('');
  const files = some.map((value, n) => `cat > value-${n} <<'V'\n${render('tcsh', { FAL_KEY: value })}V\n`);
  const script = `${files.join('')}cat > script.csh <<'S'\n${content}S\nexec tcsh -f script.csh\n`;
  const said = readBy('sh', (file) => [file], { name: 'make', content: script });
  expect(said.split('\n').slice(0, -1)).toEqual(some);
});
