import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { type Machine, sharedMachine } from '../cli/machine.ts';
import { run, varvelProgram } from '../cli/program.ts';
import { keyOf } from '../sandbox/running.ts';
import { openTerminal } from './terminal.ts';

let key = '';
const machine = sharedMachine({}, async (made: Machine) => {
  key = (await keyOf(made.sandbox, 'falconers', 'API')).key;
  await made.varvelWith({ input: key }, 'keys', 'add', 'one', '--stdin', '-p', 'one');
});

beforeEach(async () => {
  await machine().varvel('switch', '--none');
});

const evaluated = (shell: string, command: string) =>
  shell === 'fish' ? `${command} | source` : `eval "$(${command})"`;
const load = (shell: string) => evaluated(shell, `${varvelProgram} hook ${shell}`);
let count = 0;

async function open(shell: 'bash' | 'zsh' | 'fish', lines: string[], wrap = (command: string) => command) {
  count += 1;
  const rc = join(machine().root, `beside-${count}`);
  await mkdir(`${rc}.d`, { recursive: true });
  for (const file of [rc, join(`${rc}.d`, '.zshrc')]) await writeFile(file, `${lines.join('\n')}\n`);
  const command = {
    bash: `bash --noprofile --rcfile ${rc} -i`,
    zsh: `env ZDOTDIR=${rc}.d zsh -i`,
    fish: `fish --no-config -i -C 'source ${rc}'`,
  }[shell];
  return openTerminal(wrap(command), {
    env: machine().env,
    cwd: machine().env.HOME ?? '/',
    folder: machine().root,
  });
}

async function follows(shell: Awaited<ReturnType<typeof open>>): Promise<void> {
  await machine().varvel('switch', 'one');
  await shell.type('true');
  expect(await shell.variable('FAL_KEY')).toBe(key);
  await machine().varvel('switch', '--none');
  await shell.type('true');
  expect(await shell.variable('FAL_KEY')).toBeNull();
}

/** What else may stand in a bash's start-up file, around the hook. */
const bashes: [string, string[]][] = [
  ['set -u', ['set -u', load('bash')]],
  ['set -u and nothing in PROMPT_COMMAND', ['unset PROMPT_COMMAND', load('bash'), 'set -u']],
  ['PROMPT_COMMAND as a string before', ["PROMPT_COMMAND='n=1;'", load('bash')]],
  ['PROMPT_COMMAND as a string prepended after', [load('bash'), 'PROMPT_COMMAND="n=1;$PROMPT_COMMAND"']],
  ['PROMPT_COMMAND replaced by a string after', [load('bash'), "PROMPT_COMMAND='n=1'"]],
  ['PROMPT_COMMAND as an array', ['PROMPT_COMMAND=(true false)', load('bash'), 'PROMPT_COMMAND+=("n=1")']],
  [
    'a framework that takes PROMPT_COMMAND over at each prompt',
    [
      load('bash'),
      'framework() { n=1; PROMPT_COMMAND=framework; PS1="> "; }',
      'kept="$PROMPT_COMMAND"; PROMPT_COMMAND=framework',
    ],
  ],
  [
    'a framework that keeps what it found and calls it itself',
    [
      load('bash'),
      'kept="$PROMPT_COMMAND"; framework() { eval "$kept"; PS1="> "; }; PROMPT_COMMAND="framework"',
    ],
  ],
  ['the hook loaded twice', [load('bash'), load('bash')]],
  ['set -k', ['set -k', load('bash')]],
  ['noclobber, a strange IFS and noglob', ["set -o noclobber -f; IFS='a:v/'", load('bash')]],
];

test.each(bashes)('a bash follows with %s', async (_, lines) => {
  await using shell = await open('bash', lines);
  await follows(shell);
  expect(shell.screen()).not.toMatch(/unbound|syntax error|command not found|numeric argument/);
});

const zshs: [string, string[]][] = [
  ['nounset', ['setopt nounset', load('zsh')]],
  ['ksh_arrays, sh_word_split and no short loops', ['setopt ksh_arrays sh_word_split', load('zsh')]],
  ['err_return and warn_create_global', [load('zsh'), 'setopt warn_create_global']],
  [
    'a prompt that, as powerlevel’s, puts itself first and last and draws at once',
    [
      load('zsh'),
      'first() { first_ran=1 }; last() { PROMPT="%~ > "; zle && zle reset-prompt; true }',
      'precmd_functions=(first $precmd_functions last)',
      'setopt prompt_subst prompt_percent',
    ],
  ],
  ['a precmd of its own', ['precmd() { n=1 }', load('zsh')]],
  ['the hook loaded twice', [load('zsh'), load('zsh')]],
];

test.each(zshs)('a zsh follows with %s', async (_, lines) => {
  await using shell = await open('zsh', lines);
  await follows(shell);
  expect(shell.screen()).not.toMatch(/not set|parse error|command not found|created globally/);
});

test.each(['bash', 'zsh'] as const)('%s keeps the exit code of the last command', async (shell) => {
  await using terminal = await open(shell, [load(shell), 'PS1="(\\$?) "', 'setopt prompt_subst 2>/dev/null']);
  await machine().varvel('switch', 'one');
  const file = join(machine().root, `code-${shell}`);
  await terminal.type(`(exit 7)`);
  await terminal.type(`(exit 7)\recho $? > ${file}`);
  const { stdout } = await run('cat', [file], { env: machine().env });
  expect(stdout).toBe('7\n');
});

test.each(['bash', 'zsh'] as const)('%s follows in tmux, where a new pane has it at once', async (shell) => {
  const socket = join(machine().root, `tmux-${shell}`);
  await using terminal = await open(
    shell,
    [load(shell)],
    (command) => `tmux -S ${socket} -f /dev/null new-session "${command.replaceAll('"', '\\"')}"`,
  );
  try {
    await follows(terminal);
  } finally {
    await run('tmux', ['-S', socket, 'kill-server'], { env: machine().env });
  }
});

test.each(['bash', 'zsh', 'fish'] as const)(
  '%s goes with direnv: its FAL_KEY wins in its folder, and ours comes back',
  async (shell) => {
    const folder = join(machine().env.HOME ?? '/', `direnv-${shell}`);
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, '.envrc'), 'export FAL_KEY=by:direnv\n');
    for (const order of [
      [load(shell), evaluated(shell, `direnv hook ${shell}`)],
      [evaluated(shell, `direnv hook ${shell}`), load(shell)],
    ]) {
      await machine().varvel('switch', '--none');
      await using terminal = await open(shell, order);
      await machine().varvel('switch', 'one');
      await terminal.type(`direnv allow '${folder}'`);
      expect(await terminal.variable('FAL_KEY')).toBe(key);
      await terminal.type(`cd '${folder}'`);
      await terminal.type('true');
      expect(await terminal.variable('FAL_KEY')).toBe('by:direnv');
      await terminal.type('cd ..');
      await terminal.type('true');
      expect(await terminal.variable('FAL_KEY')).toBe(key);
      await machine().varvel('switch', '--none');
      await terminal.type('true');
      expect(await terminal.variable('FAL_KEY')).toBeNull();
    }
  },
);

test.each([
  ['bash', 'set -a', 'shopt -qo allexport'],
  ['zsh', 'setopt all_export', '[[ -o all_export ]]'],
] as const)(
  '%s with %s exports nothing of the hook’s but the key, and keeps the option',
  async (shell, option, isOn) => {
    await machine().varvel('switch', 'one');
    await using terminal = await open(shell, [option, load(shell)]);
    expect(await terminal.variable('FAL_KEY')).toBe(key);
    for (const before of ['', 'varvel switch --none']) {
      if (before !== '') await machine().varvel('switch', '--none');
      await terminal.type('true');
      const file = join(machine().root, `exported-${shell}`);
      await terminal.type(`${isOn} && printenv | grep -v ^FAL_KEY= | grep -c '${key}' > ${file}`);
      expect((await run('cat', [file], { env: machine().env })).stdout).toBe('0\n');
    }
    expect(await terminal.variable('FAL_KEY')).toBeNull();
  },
);

test.each(['bash', 'zsh', 'fish'] as const)(
  '%s that is started with a chosen key keeps it, and says so',
  async (shell) => {
    const other = (await keyOf(machine().sandbox, 'night-shift', 'API')).key;
    await machine().varvelWith({ input: other }, 'keys', 'add', 'chosen', '--stdin', '-p', 'chosen');
    await machine().varvel('switch', 'one');
    const wrap = (command: string) => `${varvelProgram} run -p chosen -- ${command}`;
    await using terminal = await open(shell, [load(shell)], wrap);
    await terminal.type('true');
    expect(await terminal.variable('FAL_KEY')).toBe(other);
    expect(terminal.times(/set by hand in this shell and overrides profile one/)).toBe(1);
  },
);

test('a bash that takes upper case for lower tells profiles and folders apart, and keeps the option', async () => {
  const other = (await keyOf(machine().sandbox, 'night-shift', 'API')).key;
  await machine().varvelWith({ input: other }, 'keys', 'add', 'other', '--stdin', '-p', 'One');
  for (const [folder, profile] of [
    ['Shop', 'one'],
    ['shop', 'One'],
  ] as const) {
    await mkdir(join(machine().root, folder));
    await machine().varvel('pin', profile, join(machine().root, folder));
  }
  await using shell = await open('bash', ['shopt -s nocasematch', load('bash')]);
  await shell.type(`cd '${machine().root}/Shop'`);
  expect(await shell.variable('FAL_KEY')).toBe(key);
  await shell.type('cd ../shop');
  expect(await shell.variable('FAL_KEY')).toBe(other);
  const file = join(machine().root, 'nocase');
  await shell.type(`[[ A == a ]] && echo kept > ${file}`);
  expect((await run('cat', [file], { env: machine().env })).stdout).toBe('kept\n');
});
