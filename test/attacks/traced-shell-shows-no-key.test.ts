import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
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

const posix = {
  load: (shell: string) => `eval "$(${varvelProgram} hook ${shell})"`,
  set: 'FAL_KEY=$OTHER',
  unset: 'unset FAL_KEY',
};
const fish = {
  load: () => `${varvelProgram} hook fish | source`,
  set: 'set -gx FAL_KEY $OTHER',
  unset: 'set -eg FAL_KEY',
};

test.each([
  { shell: 'bash', on: 'set -x', isOn: '[[ $- == *x* ]]', ...posix },
  { shell: 'bash', on: 'set -v', isOn: '[[ $- == *v* ]]', ...posix },
  { shell: 'bash', on: 'set -xv', isOn: '[[ $- == *x*v* || $- == *v*x* ]]', ...posix },
  {
    shell: 'bash',
    on: `set -T; trap 'echo "$BASH_COMMAND" >&2' DEBUG`,
    isOn: '[[ -n $(trap -p DEBUG) ]]',
    ...posix,
  },
  {
    shell: 'zsh',
    on: `trap 'print -u2 -r -- $ZSH_DEBUG_CMD' DEBUG`,
    isOn: '[[ -n $(trap) ]]',
    ...posix,
  },
  { shell: 'zsh', on: 'setopt xtrace', isOn: '[[ -o xtrace ]]', ...posix },
  { shell: 'zsh', on: 'setopt verbose', isOn: '[[ -o verbose ]]', ...posix },
  { shell: 'fish', on: 'set -g fish_trace 1', isOn: 'test -n "$fish_trace"', ...fish },
])(
  'a $shell after `$on` prints no key, and goes on tracing',
  async ({ shell, on, isOn, load, set, unset }) => {
    const hook = load(shell);
    const prompt = '_varvel_prompt';
    const steps = [on, hook, prompt, prompt, set, prompt, unset, prompt, hook];
    const other = 'aaaaaaaa-0000-4000-8000-000000000001:0123456789abcdef0123456789abcdef';
    const words = [...steps, `${isOn} && echo still traced`].join('\n');
    const script = join(machine().root, 'traced');
    writeFileSync(script, `${words}\n`);
    const ended = await run(shell, [script], {
      env: { ...machine().env, OTHER: other, FAL_KEY: other },
    });
    expect(ended.stdout).toContain('still traced');
    expect(ended.stderr).toContain('_varvel_prompt');
    expect(ended.stderr).not.toContain(key.split(':')[1]);
    // what a person types is traced once each, by the shell itself
    expect(ended.stderr.split(other).length - 1).toBeLessThanOrEqual(1);
  },
);

test.each([
  ['bash', `set -T; trap 'echo traced' DEBUG`],
  ['zsh', `TRAPDEBUG() { echo traced; }`],
])('a %s whose trap prints into the answer has no key, and runs none as a command', async (shell, on) => {
  const script = join(machine().root, 'printing');
  const seen =
    'command_not_found_handle() { echo "ran $*"; }; command_not_found_handler() { echo "ran $*"; }';
  writeFileSync(script, `${[seen, on, posix.load(shell), '_varvel_prompt', 'env'].join('\n')}\n`);
  const { stdout, stderr } = await run(shell, [script], { env: machine().env });
  expect(stdout + stderr).not.toContain(key.split(':')[1]);
  expect(stdout).not.toMatch(/^FAL_KEY=/m);
});

test('a bash that exports all variables exports none of the hook’s own, and goes on doing so', async () => {
  const script = join(machine().root, 'exporting');
  const lines = [
    'set -a',
    posix.load('bash'),
    '_varvel_prompt',
    posix.load('bash'),
    '_varvel_prompt',
    'MINE=1',
    'env',
  ];
  writeFileSync(script, `${lines.join('\n')}\n`);
  const { stdout } = await run('bash', [script], { env: machine().env });
  const holders = stdout.split('\n').filter((line) => line.includes(key));
  expect(holders).toEqual([`FAL_KEY=${key}`]);
  expect(stdout).toMatch(/^MINE=1$/m);
});
