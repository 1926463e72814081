import { expect, test } from 'vitest';
import { sharedMachine } from '../integration/cli/machine.ts';
import { run, varvelProgram } from '../integration/cli/program.ts';
import { keyOf } from '../integration/sandbox/running.ts';

let key = '';
const machine = sharedMachine({ vault: 'file' }, async (made) => {
  ({ key } = await keyOf(made.sandbox, 'falconers', 'API'));
  await made.varvelWith({ input: key }, 'keys', 'add', 'bots', '--stdin', '-p', 'bots');
  await made.varvel('switch', 'bots');
});

test.each([
  { shell: 'bash', on: 'set -x', isOn: '[[ $- == *x* ]]' },
  { shell: 'zsh', on: 'setopt xtrace', isOn: '[[ -o xtrace ]]' },
])('a $shell that traces what it does prints no key, and goes on tracing', async ({ shell, on, isOn }) => {
  const hook = `eval "$(${varvelProgram} hook ${shell})"`;
  const traced = `${on}\n${hook}\n_varvel_prompt\n_varvel_prompt\nFAL_KEY=$OTHER\n_varvel_prompt\nunset FAL_KEY\n_varvel_prompt\n${hook}\n`;
  const other = 'aaaaaaaa-0000-4000-8000-000000000001:0123456789abcdef0123456789abcdef';
  const words = `${traced}${isOn} && echo still traced`;
  const ended = await run(shell, ['-c', words], { env: { ...machine().env, OTHER: other, FAL_KEY: other } });
  expect(ended.stdout).toContain('still traced');
  expect(ended.stderr).toContain('_varvel_prompt');
  expect(ended.stderr).not.toContain(key.split(':')[1]);
  // what a person types is traced once each, by the shell itself
  expect(ended.stderr.split(other).length - 1).toBeLessThanOrEqual(1);
});
