import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { keyOf } from '../sandbox/running.ts';
import { activityList, errorOf, expectFailure } from './contract.ts';
import { type Machine, sharedMachine } from './machine.ts';
import { run, varvelProgram } from './program.ts';

/** A key that every quoting has to get right. */
const awkward = `odd-id:a'b"c\\d$HOME\`e\`!f # g%h^i;&|<>(){}[]*?~=, z`;
let usual = '';

const machine = sharedMachine({}, async (made: Machine) => {
  usual = (await keyOf(made.sandbox, 'falconers', 'API')).key;
  await made.varvelWith({ input: usual }, 'keys', 'add', 'bots', '--stdin', '-p', 'p');
  await made.varvelWith({ input: awkward }, 'keys', 'add', 'odd', '--stdin', '-p', 'odd');
  await made.varvel('profiles', 'set', 'odd', 'host=api.alpha.fal.ai');
  await made.varvel('profiles', 'create', 'empty');
});

const shells: [string, string[]][] = [
  ['sh', ['-c']],
  ['bash', ['--norc', '-c']],
  ['zsh', ['-f', '-c']],
  ['fish', ['--no-config', '-c']],
];
const program = join(import.meta.dirname, '../../../bin/varvel');

test.each(shells)('what %s evaluates sets the very key, and --unset takes it away', async (shell, flags) => {
  const load =
    shell === 'fish'
      ? `${program} env odd --shell fish | source`
      : `eval "$(${program} env odd --shell ${shell})"`;
  const unload =
    shell === 'fish'
      ? `${program} env --unset --shell fish | source`
      : `eval "$(${program} env --unset --shell ${shell})"`;
  const script = `${load}; printenv FAL_KEY FAL_HOST; ${unload}; printenv FAL_KEY FAL_HOST; true`;
  const env = { ...machine().env, FAL_HOST: 'old' };
  expect(await run(shell, [...flags, script], { env })).toMatchObject({
    code: 0,
    stdout: `${awkward}\napi.alpha.fal.ai\n`,
    stderr: '',
  });
});

test('the shell is one’s own when none is said, and sh for one we don’t know', async () => {
  const inShell = async (SHELL: string | undefined) =>
    (await machine().varvelWith({ env: { SHELL } }, 'env', 'p')).stdout;
  expect(await inShell('/usr/bin/fish')).toBe(`set -gx FAL_KEY '${usual}'\n`);
  for (const shell of ['/bin/zsh', '/opt/odd/shell', undefined]) {
    expect(await inShell(shell)).toBe(`export FAL_KEY='${usual}'\n`);
  }
});

test('it is the shell that asks, where that is another than the login’s', async () => {
  const env = { ...machine().env, SHELL: '/usr/bin/fish' };
  for (const shell of ['bash', 'dash', 'zsh', 'mksh'])
    expect(
      await run(shell, ['-c', `eval "$(${varvelProgram} env p)"; printenv FAL_KEY`], { env }),
    ).toMatchObject({
      stdout: `${usual}\n`,
      stderr: '',
    });
  const fish = ['--no-config', '-c', `${varvelProgram} env p | source; printenv FAL_KEY`];
  expect(await run('fish', fish, { env: { ...env, SHELL: '/bin/bash' } })).toMatchObject({
    stdout: `${usual}\n`,
  });
});

test('of a script that is started by its first line, it is the shell that this names', async () => {
  const script = join(machine().root, 'deploy');
  for (const shell of ['bash', 'sh', 'zsh', 'mksh']) {
    await writeFile(script, `#!/usr/bin/env ${shell}\neval "$(${varvelProgram} env p)"\nprintenv FAL_KEY\n`);
    await chmod(script, 0o700);
    const env = { ...machine().env, SHELL: '/usr/bin/fish', FAL_KEY: 'of:another' };
    expect(await run(script, [], { env })).toMatchObject({ stdout: `${usual}\n`, stderr: '' });
  }
});

test('a host that another profile has left in the shell is said, as the key would go there', async () => {
  const said = async (env: Record<string, string>, ...args: string[]) =>
    (await machine().varvelWith({ env }, 'env', ...args)).stderr;
  const env = { FAL_HOST: 'api.elsewhere' };
  expect(await said(env, 'p')).toMatch(/^warning: FAL_HOST .*Unset FAL_HOST/);
  expect(await said(env, 'odd')).toBe('');
  expect(await said(env, 'p', '--format', 'dotenv')).toBe('');
  expect(await said(env, 'p', '--name', 'OTHER')).toBe('');
  // the hook's own is taken away with the lines themselves: a script has no next prompt
  const hooked = { env: { ...env, VARVEL_HOOK_HOST: 'api.elsewhere' } };
  const ended = await machine().varvelWith(hooked, 'env', 'p', '--shell', 'bash');
  expect(ended).toMatchObject({ stdout: expect.stringMatching(/\nunset FAL_HOST\n$/), stderr: '' });
  const other = await machine().varvelWith(hooked, 'env', 'odd', '--shell', 'bash');
  expect(other.stdout).not.toContain('unset');
});

test('other hosts and a forced sign-in that contradict the key are said too', async () => {
  const said = async (env: Record<string, string>, ...args: string[]) =>
    (await machine().varvelWith({ env }, 'env', ...args)).stderr;
  for (const name of ['FAL_GRPC_HOST', 'FAL_REST_HOST', 'FAL_RUN_HOST', 'FAL_QUEUE_RUN_HOST'])
    expect(await said({ [name]: 'api.elsewhere' }, 'odd')).toMatch(
      RegExp(`^warning: ${name} .*Unset ${name}, or the key goes to that host\\.\n$`),
    );
  const forced = { FAL_FORCE_AUTH_BY_USER: '1' };
  expect(await said(forced, 'p')).toMatch(/^warning: FAL_FORCE_AUTH_BY_USER=1 .*ignore the key/);
  expect(await said(forced, 'p', '--format', 'dotenv')).toBe('');
});

test('dotenv and JSON hold the key as their readers want it', async () => {
  expect((await machine().varvel('env', 'p', '--format', 'dotenv')).stdout).toBe(`FAL_KEY=${usual}\n`);
  for (const how of [['--format', 'json'], ['--json']]) {
    const { stdout } = await machine().varvel('env', 'odd', ...how);
    expect(JSON.parse(stdout)).toEqual({ FAL_KEY: awkward, FAL_HOST: 'api.alpha.fal.ai' });
  }
});

test('a value that dotenv can’t carry is refused, not mangled', async () => {
  const ended = await machine().varvel('env', 'odd', '--format', 'dotenv');
  expectFailure(ended, 2, /every kind of quote/, /--format json/);
  expect(ended.stderr).not.toContain("a'b");
});

test('the argument beats VARVEL_PROFILE beats the folder’s pin beats the current profile', async () => {
  const folder = join(machine().root, 'project', 'deep');
  await mkdir(folder, { recursive: true });
  await machine().varvel('switch', 'odd');
  const key = async (env: Record<string, string>, cwd: string, ...args: string[]) => {
    const { stdout } = await machine().varvelWith({ env, cwd }, 'env', ...args, '--json');
    return JSON.parse(stdout).FAL_KEY;
  };
  expect(await key({}, folder)).toBe(awkward);
  await writeFile(join(machine().root, 'project', '.varvel'), '# ours\nprofile = "p"\n');
  expect(await key({}, folder)).toBe(usual);
  expect(await key({ VARVEL_PROFILE: 'odd' }, folder)).toBe(awkward);
  for (const how of [['p'], ['-p', 'p'], ['--profile', 'p'], ['--profile=p']]) {
    expect(await key({ VARVEL_PROFILE: 'odd' }, folder, ...how)).toBe(usual);
  }
});

test('what was chosen and is not there never falls through to another key', async () => {
  const folder = join(machine().root, 'gone');
  await mkdir(folder, { recursive: true });
  await machine().varvel('switch', 'p');
  expectFailure(await machine().varvel('env', 'od'), 4, /Profile “od” doesn’t exist/, /“odd”/);
  const env = { VARVEL_PROFILE: 'nope' };
  expectFailure(
    await machine().varvelWith({ env }, 'env'),
    4,
    /VARVEL_PROFILE is set to “nope”/,
    /VARVEL_PROFILE/,
  );
  await writeFile(join(folder, '.varvel'), 'profile = "nope"\n');
  expectFailure(
    await machine().varvelWith({ cwd: folder }, 'env'),
    4,
    /pinned to “nope”/,
    /profiles create nope/,
  );
  await writeFile(join(folder, '.varvel'), 'profile = "p"\nkey = "id:secret"\n');
  expectFailure(await machine().varvelWith({ cwd: folder }, 'env'), 2, /pin .* is not valid/, /one line/);
  expectFailure(await machine().varvel('env', 'empty'), 4, /has no key/, /profiles set empty key=/);
  expect(errorOf(await machine().varvel('env', 'empty', '--json')).code).toBe('not_found');
});

test('env needs no network and is logged without the secret', async () => {
  const env = { VARVEL_ENVIRONMENT: machine().env.VARVEL_ENVIRONMENT, HTTP_PROXY: 'http://127.0.0.1:9' };
  expect(await machine().varvelWith({ env }, 'env', 'p')).toMatchObject({ code: 0, stderr: '' });
  const { activity } = await machine().json(activityList, 'activity', '--since', '1h');
  expect(activity[0]).toMatchObject({ kind: 'exported', profile: 'p', key: usual.split(':')[0] });
  expect(JSON.stringify(activity)).not.toContain(usual.split(':')[1]);
});

test('contradictions are refused', async () => {
  expectFailure(
    await machine().varvel('env', 'p', '--shell', 'sh', '--format', 'json'),
    2,
    /Use either/,
    /./,
  );
  expectFailure(await machine().varvel('env', 'p', '-p', 'odd'), 2, /Two profiles/, /./);
  expectFailure(await machine().varvel('env', '--unset', '--format', 'dotenv'), 2, /can’t unset/, /--shell/);
});
