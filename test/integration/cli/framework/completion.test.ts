import { spawn } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { nuProgram } from '../../nushell.ts';
import { expectFailure } from '../contract.ts';
import { type Machine, sharedMachine } from '../machine.ts';
import { run, varvelProgram } from '../program.ts';

const machine = sharedMachine({ signedIn: ['ada'] }, async (made: Machine) => {
  await made.varvel('keys', 'create', 'build:bots', '--profile', 'staging');
  await made.varvel('keys', 'create', 'two words');
  await made.varvel('keys', 'create', "it's $(me); & co".replaceAll(' ', '_'));
  await made.varvel('profiles', 'create', 'stage-two');
  await made.varvel('accounts', 'list');
});

/** The program by its name, as completion scripts call it. */
const env = () => ({ ...machine().env, PATH: `${join(varvelProgram, '..')}:${machine().env.PATH}` });

/** What bash offers for a line with the cursor at its end. */
async function bash(line: string): Promise<string[]> {
  const script = `
    source <(varvel completion bash)
    line=$1 COMP_LINE=$1 COMP_POINT=\${#1}
    # as readline does: at blanks, and at : and =
    read -ra COMP_WORDS <<< "$(sed -E 's/([:=])/ \\1 /g' <<< "$line")"
    [[ $line == *' ' ]] && COMP_WORDS+=('')
    COMP_CWORD=$(( \${#COMP_WORDS[@]} - 1 ))
    _varvel
    (( \${#COMPREPLY[@]} )) && printf '%s\\n' "\${COMPREPLY[@]}"
    true`;
  const { stdout, stderr } = await run('bash', ['--norc', '-c', script, 'bash', line], { env: env() });
  expect(stderr).toBe('');
  return stdout.split('\n').filter(Boolean);
}

/** The line after Tab in a bash on a terminal of its own. */
async function bashOnTerminal(line: string): Promise<string> {
  const rc = join(machine().root, 'bashrc');
  await writeFile(rc, 'source <(varvel completion bash)\nPS1=READY\n');
  const shell = spawn('script', ['-qec', `bash --rcfile '${rc}' -i`, '/dev/null'], {
    env: { ...env(), TERM: 'dumb' },
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  let shown = '';
  shell.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    shown += chunk;
  });
  await expect.poll(() => shown).toContain('READY');
  shell.stdin.write(`${line}\t`);
  await expect.poll(() => shown).toMatch(new RegExp(`${line}[^\\s]`));
  // what Tab has added comes in one write with the blank
  shell.stdin.write('END');
  await expect.poll(() => shown).toContain('END');
  shell.kill('SIGKILL');
  return shown;
}

/** What fish offers. */
async function fish(line: string): Promise<string[]> {
  const script = 'varvel completion fish | source; complete --do-complete $argv[1]';
  const { stdout, stderr } = await run('fish', ['--no-config', '-c', script, line], { env: env() });
  expect(stderr).toBe('');
  return stdout
    .split('\n')
    .filter(Boolean)
    .map((candidate) => candidate.split('\t')[0] ?? '');
}

/** What Nushell offers; “files” when it completes files by itself. */
async function nu(line: string): Promise<string[]> {
  const file = join(machine().root, 'complete.nu');
  const { stdout: script } = await machine().varvel('completion', 'nu');
  const spans = JSON.stringify(line.split(' '));
  await writeFile(
    file,
    `${script}\nlet found = (do $env.config.completions.external.completer ${spans})
if $found == null { print files } else { for word in $found { print $word.value } }\n`,
  );
  const { stdout, stderr } = await run(nuProgram, ['--no-config-file', file], { env: env() });
  expect(stderr).toBe('');
  return stdout.split('\n').filter(Boolean);
}

/** What zsh offers, by a real completion on a pseudo-terminal. */
async function zsh(line: string): Promise<string> {
  const driver = join(machine().root, 'drive.zsh');
  await writeFile(
    driver,
    `zmodload zsh/zpty
zpty -b z 'PS1= TERM=dumb zsh -f'
zpty -w z 'autoload -Uz compinit; compinit -D; source <(varvel completion zsh); zstyle ":completion:*" menu no; unsetopt list_beep; LISTMAX=0; print READY-$((1+1))'
local out seen=
while [[ $seen != *READY-2* ]]; do zpty -r z out; seen+=$out; done
zpty -wn z "$1"$'\\t'$'\\t'
seen=
integer quiet=0
while (( quiet < 20 )); do
  if zpty -rt z out; then seen+=$out; quiet=0; else sleep 0.1; quiet+=1; fi
done
print -r -- "$seen"
zpty -d z
`,
  );
  const { stdout } = await run('zsh', ['-f', driver, line], { env: env() });
  return stdout;
}

test.each([
  ['bash', bash],
  ['fish', fish],
  ['nu', nu],
] as const)('%s completes commands, their words, options, profiles, keys and accounts', async (_, offers) => {
  expect(await offers('varvel sw')).toEqual(['switch']);
  expect(await offers('varvel ')).toEqual(expect.arrayContaining(['login', 'keys', 'doctor']));
  expect((await offers('varvel keys ')).sort()).toEqual(
    [
      'list',
      'show',
      'create',
      'add',
      'rename',
      'rotate',
      'set',
      'reconcile',
      'test',
      'diagnose',
      'reveal',
      'revoke',
      'forget',
    ].sort(),
  );
  expect((await offers('varvel switch ')).sort()).toEqual(['stage-two', 'staging']);
  expect(await offers('varvel switch stagi')).toEqual(['staging']);
  expect((await offers('varvel run -p ')).sort()).toEqual(['stage-two', 'staging']);
  expect(await offers('varvel keys list --account night')).toEqual(['night-shift']);
  expect(await offers('varvel keys list --ac')).toEqual(['--account']);
  expect(await offers('varvel env --shell fi')).toEqual(['fish']);
  expect((await offers('varvel keys create x --scope ')).sort()).toEqual(['ADMIN', 'API']);
  // an alias with blanks can't be typed as one word, its id can
  expect(await offers('varvel keys reveal ')).toEqual(
    expect.arrayContaining([expect.stringMatching(/^[0-9a-f-]{36}$/)]),
  );
});

test.each([
  ['bash', bash],
  ['fish', fish],
  ['nu', nu],
] as const)('%s completes help, short words, fields, methods and what keys test takes', async (_, offers) => {
  expect(await offers('varvel help keys rev')).toEqual(expect.arrayContaining(['reveal', 'revoke']));
  expect(await offers('varvel hel')).toEqual(['help']);
  expect(await offers('varvel keys test stagi')).toEqual(['staging']);
  expect(await offers('varvel keys test staging stage')).toEqual(['stage-two']);
  expect(await offers('varvel profiles rm stage')).toEqual(['stage-two']);
  expect((await offers('varvel login --connection g')).sort()).toEqual(['github', 'google']);
  expect(await offers('varvel profiles set staging col')).toEqual([expect.stringMatching(/^color=?$/)]);
  expect(await offers('varvel completion p')).toEqual(['pwsh']);
  // bash gets what stands after the =
  expect(await offers('varvel settings set theme=d')).toEqual([expect.stringMatching(/^(theme=)?dark$/)]);
});

test.each(["'", '"'])(
  'bash: within an open %s a name is one word too, and nothing in it runs',
  async (quote) => {
    const alias = "it's $(me); & co".replaceAll(' ', '_');
    const [offered] = await bash(`varvel keys test ${quote}it`);
    const said = await run('bash', ['--norc', '-c', `printf %s ${quote}${offered}${quote}`], { env: env() });
    expect(said).toMatchObject({ code: 0, stdout: alias, stderr: '' });
  },
);

test('names with shell characters are quoted, and what splits words in bash stays one word', async () => {
  const alias = "it's_$(me);_&_co";
  expect(await bash('varvel keys reveal it')).toEqual([String.raw`it\'s_\$\(me\)\;_\&_co`]);
  expect(await bash("varvel keys reveal 'it")).toEqual([alias.replace("'", String.raw`'\''`)]);
  expect(await fish('varvel keys reveal it')).toEqual([alias]);
  expect(await nu('varvel keys reveal it')).toEqual([JSON.stringify(alias)]);
  expect(await bash('varvel keys reveal build:b')).toEqual(['bots']);
  expect(await bash('varvel profiles set staging color=gre')).toEqual(['green']);
  expect(await bash('varvel profiles set staging color=')).toContain('green');
  expect(await bash('varvel keys create x --scope=AD')).toEqual(['ADMIN']);
});

test('a field is completed without a blank, so that its value can follow', async () => {
  expect(await bashOnTerminal('varvel profiles set staging col')).toContain('staging color=END');
  expect(await bashOnTerminal('varvel switch stagi')).toContain('switch staging END');
});

test('fish and nu complete files where a command takes them', async () => {
  const folder = join(machine().root, 'files');
  await mkdir(folder);
  await writeFile(join(folder, 'notes.env'), '');
  expect(await fish(`varvel export ${folder}/no`)).toEqual([`${folder}/notes.env`]);
  expect(await nu(`varvel export ${folder}/no`)).toEqual(['files']);
});

test('PowerShell’s script asks the program, and tells it of an empty word', async () => {
  const { stdout } = await machine().varvel('completion', 'pwsh');
  expect(stdout).toContain('Register-ArgumentCompleter -Native -CommandName varvel');
  const { stdout: found } = await machine().varvel(
    'completion',
    '--words',
    '--blank',
    '--',
    'profiles',
    'show',
  );
  expect(found).toBe('stage-two\t\nstaging\t\n');
});

test('zsh completes the one that fits, and lists several', async () => {
  expect(await zsh('varvel switch stagi')).toContain('varvel switch staging');
  expect(await zsh('varvel profiles set staging col')).toMatch(/set staging color=[^ ]*$/m);
  const listed = await zsh('varvel keys rev');
  expect(listed).toContain('reveal');
  expect(listed).toContain('revoke');
});

test('completion never asks fal, never fails and says nothing wrong on a broken machine', async () => {
  for (const broken of [
    { VARVEL_HOME: '/dev/null' },
    { VARVEL_ENVIRONMENT: '/nonexistent' },
    { VARVEL_VAULT: 'x' },
  ]) {
    const ended = await machine().varvelWith({ env: broken }, 'completion', '--words', '--', 'switch', '');
    expect(ended).toMatchObject({ code: 0, stdout: '', stderr: '' });
  }
});

test('what follows -- is another program’s', async () => {
  expect(await machine().varvel('completion', '--words', '--', 'run', '--', '')).toMatchObject({
    stdout: '',
  });
});

test('a shell that has no script is refused with those that have', async () => {
  expectFailure(await machine().varvel('completion', 'tcsh'), 2, /./, /bash, zsh, fish/);
  expectFailure(await machine().varvel('completion'), 2, /Name a shell/, /bash/);
});
