import { spawnSync } from 'node:child_process';
import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { keyOf } from '../sandbox/running.ts';
import { activityList, expectFailure } from './contract.ts';
import { type Machine, sharedMachine } from './machine.ts';
import { varvelProgram } from './program.ts';

let key = '';
let other = '';

const machine = sharedMachine({ signedIn: ['ada'] }, async (made: Machine) => {
  key = (await keyOf(made.sandbox, 'falconers', 'API')).key;
  other = (await keyOf(made.sandbox, 'ada', 'API')).key;
  await made.varvelWith({ input: key }, 'keys', 'add', 'bots', '--stdin', '-p', 'team');
  await made.varvelWith({ input: other }, 'keys', 'add', 'mine', '--stdin', '-p', 'own');
  await made.varvel('switch', 'own');
});

test('the command has the key of the profile in force in its environment, and no other half of one', async () => {
  const env = { FAL_KEY: 'stray:key', FAL_KEY_ID: 'stray', FAL_KEY_SECRET: 'key', KEPT: 'yes' };
  const script = 'printenv FAL_KEY KEPT; printenv FAL_KEY_ID FAL_KEY_SECRET || echo none';
  const ended = await machine().varvelWith({ env }, 'run', '--', 'sh', '-c', script);
  expect(ended).toMatchObject({ code: 0, stdout: `${other}\nyes\nnone\n`, stderr: '' });
});

test('-p and --account choose the profile', async () => {
  const keyBy = async (...how: string[]) =>
    (await machine().varvel('run', ...how, '--', 'printenv', 'FAL_KEY')).stdout.trim();
  expect(await keyBy('-p', 'team')).toBe(key);
  expect(await keyBy('--account', 'falconers')).toBe(key);
  expect(await keyBy('--account', 'ADA')).toBe(other);
  expectFailure(
    await machine().varvel('run', '--account', 'mews', '--', 'true'),
    4,
    /No profile or key .* mews/,
    /keys create/,
  );
  const both = ['run', '--account', 'falconers', '-p', 'own', '--', 'true'];
  expectFailure(await machine().varvel(...both), 8, /belongs to ada, not to falconers/, /Use either/);
});

test('--account takes a key that no profile has, one for calls rather than an ADMIN key', async () => {
  await machine().varvel('keys', 'create', 'lonely-admin', '--account', 'mews', '--scope', 'ADMIN');
  const { stdout: id } = await machine().varvel('keys', 'create', 'lonely', '--account', 'mews');
  const ran = await machine().varvel('run', '--account', 'mews', '--', 'printenv', 'FAL_KEY');
  expect(ran).toMatchObject({ code: 0, stdout: expect.stringContaining(`${id.trim()}:`) });
  const { activity } = await machine().json(activityList, 'activity');
  expect(activity[0]).toMatchObject({ kind: 'ran', profile: null, key: id.trim(), detail: 'printenv' });
  await machine().varvel('keys', 'create', 'another', '--account', 'mews');
  const ended = await machine().varvel('run', '--account', 'mews', '--', 'true');
  expectFailure(ended, 2, /mews has several keys/, /profiles create/);
});

test('its exit code, its output and its arguments pass through', async () => {
  for (const code of [0, 1, 7, 42, 255]) {
    expect((await machine().varvel('run', '--', 'sh', '-c', `exit ${code}`)).code).toBe(code);
  }
  const ended = await machine().varvel('run', '--', 'printf', '%s|', '--json', '-p', 'a b', '', '--');
  expect(ended.stdout).toBe('--json|-p|a b||--|');
  const input = await machine().varvelWith({ input: 'through\n' }, 'run', '--', 'cat');
  expect(input.stdout).toBe('through\n');
  expect((await machine().varvel('run', '--', 'sh', '-c', 'echo apart >&2')).stderr).toBe('apart\n');
});

test.each(['SIGTERM', 'SIGINT', 'SIGHUP', 'SIGKILL'] as const)(
  '%s reaches the command, which ends by it',
  async (signal) => {
    const running = machine().start({}, 'run', '--', 'sh', '-c', 'echo up; exec sleep 60');
    await running.says(/up/);
    running.process.kill(signal);
    expect(await running.ended).toMatchObject({ code: null, signal });
  },
);

test('a command that handles a signal decides its own exit code', async () => {
  const running = machine().start(
    {},
    'run',
    '--',
    'sh',
    '-c',
    'trap "exit 9" TERM; echo up; while :; do sleep 0.05; done',
  );
  await running.says(/up/);
  running.process.kill('SIGTERM');
  expect(await running.ended).toMatchObject({ code: 9 });
});

test('it leaves no process of ours behind: the command takes this one’s place', async () => {
  const running = machine().start({}, 'run', '--', 'sh', '-c', 'echo $$');
  await running.says(/\d+/);
  const { stdout } = await running.ended;
  expect(Number(stdout)).toBe(running.process.pid);
});

test('a program is found by PATH or by its path; one that is not there or may not run says so', async () => {
  const folder = join(machine().root, 'bin');
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'tool'), '#!/bin/sh\necho tool "$@"\n');
  const env = { PATH: `${folder}:${machine().env.PATH}` };
  expectFailure(await machine().varvelWith({ env }, 'run', '--', 'tool'), 126, /can’t be run/, /executable/);
  await chmod(join(folder, 'tool'), 0o755);
  expect((await machine().varvelWith({ env }, 'run', '--', 'tool', 'x')).stdout).toBe('tool x\n');
  expect((await machine().varvelWith({ cwd: folder }, 'run', '--', './tool')).stdout).toBe('tool\n');
  expectFailure(
    await machine().varvel('run', '--', 'no-such-tool'),
    127,
    /Command “no-such-tool” not found/,
    /PATH/,
  );
});

test('a variable in place of a command is refused, and a key in it is written nowhere', async () => {
  const [, secret = ''] = key.split(':');
  for (const how of [[], ['--temporary']]) {
    const ended = await machine().varvel('run', ...how, '--', `FAL_KEY=${key}`, 'env');
    expectFailure(ended, 2, /every program on this machine can read/, /revoke that key/);
    expectFailure(
      await machine().varvel('run', ...how, '--', 'A=1', 'env'),
      2,
      /A=… is not a command/,
      /env A=VALUE/,
    );
  }
  const { activity } = await machine().json(activityList, 'activity');
  expect(JSON.stringify(activity)).not.toContain(secret);
});

test('a script without a first line is sh’s, as everywhere; one whose runner is missing is refused with words', async () => {
  const folder = join(machine().root, 'scripts');
  await mkdir(folder, { recursive: true });
  const make = async (name: string, text: string | Uint8Array) => {
    await writeFile(join(folder, name), text);
    await chmod(join(folder, name), 0o755);
    return machine().varvel('run', '--', join(folder, name), 'x');
  };
  expect(await make('plain', 'echo "plain $1 $FAL_KEY"; exit 3\n')).toMatchObject({
    code: 3,
    stdout: `plain x ${other}\n`,
    stderr: '',
  });
  expect(await make('empty', '')).toMatchObject({ code: 0, stderr: '' });
  expectFailure(await make('gone', '#!/no/such/runner\n'), 126, /first line/, /Fix/);
  expectFailure(await make('crlf', '#!/bin/sh\r\necho no\r\n'), 126, /first line/, /carriage return/);
  const foreign = new Uint8Array(64);
  foreign.set([0x7f, 0x45, 0x4c, 0x46, 1, 2, 1]);
  // sh tries, and finds nothing to run
  const { stdout, stderr } = await make('foreign', foreign);
  expect(stdout).toBe('');
  expect(stderr).not.toMatch(/execve|at /);
});

test('the host that a shell’s hook has set for another profile goes, one set by hand goes too, and that is said', async () => {
  const hostBy = async (env: Record<string, string>) =>
    machine().varvelWith({ env }, 'run', '-p', 'own', '--', 'sh', '-c', 'printenv FAL_HOST || echo none');
  const said = (host: string) =>
    `warning: The command runs without FAL_HOST (${host}): set here, but not by the profile.\n`;
  const hook = { FAL_HOST: 'api.other', VARVEL_HOOK_HOST: 'api.other' };
  expect(await hostBy(hook)).toMatchObject({ stdout: 'none\n', stderr: '' });
  expect(await hostBy({ ...hook, VARVEL_HOOK_HOST_BEFORE: 'api.before' })).toMatchObject({
    stdout: 'none\n',
    stderr: said('api.before'),
  });
  expect(await hostBy({ ...hook, FAL_HOST: 'api.mine' })).toMatchObject({
    stdout: 'none\n',
    stderr: said('api.mine'),
  });
});

test('the command gets nothing that would send the key elsewhere or ignore it, and that is said', async () => {
  const env = {
    FAL_FORCE_AUTH_BY_USER: '1',
    FAL_GRPC_HOST: 'api.g',
    FAL_REST_HOST: 'rest.r',
    FAL_RUN_HOST: 'run.r',
    FAL_QUEUE_RUN_HOST: 'queue.q',
  };
  const names = Object.keys(env).join(' ');
  const ended = await machine().varvelWith(
    { env },
    'run',
    '--',
    'sh',
    '-c',
    `printenv ${names} || echo none`,
  );
  expect(ended).toMatchObject({ code: 0, stdout: 'none\n' });
  expect(ended.stderr).toBe(
    'warning: The command runs without FAL_GRPC_HOST (api.g), FAL_REST_HOST (rest.r), FAL_RUN_HOST (run.r), FAL_QUEUE_RUN_HOST (queue.q), FAL_FORCE_AUTH_BY_USER: set here, but not by the profile.\n',
  );
  await machine().varvel('profiles', 'set', 'own', 'host=api.own');
  const own = { FAL_HOST: 'api.own', FAL_GRPC_HOST: 'api.own' };
  const same = await machine().varvelWith({ env: own }, 'run', '-p', 'own', '--', 'printenv', 'FAL_HOST');
  expect(same).toMatchObject({ stdout: 'api.own\n', stderr: '' });
  await machine().varvel('profiles', 'set', 'own', 'host=');
});

test('which says where a key goes, and what is wrong with that', async () => {
  const which = async (env: Record<string, string>) => {
    const { stdout } = await machine().varvelWith({ env }, 'which', '--json');
    return JSON.parse(stdout);
  };
  const hostIn = async (env: Record<string, string>) => {
    const { hosts } = await which(env);
    return hosts.find(({ wins }: { wins: boolean }) => wins);
  };
  expect(await hostIn({})).toMatchObject({ source: 'fal', value: null });
  expect(await hostIn({ FAL_HOST: 'api.x' })).toMatchObject({ source: 'FAL_HOST', value: 'api.x' });
  const both = { FAL_HOST: 'api.x', FAL_GRPC_HOST: 'api.g' };
  expect(await hostIn(both)).toMatchObject({ source: 'FAL_GRPC_HOST', value: 'api.g' });
  expect((await which(both)).advice).toEqual(
    expect.arrayContaining([
      'FAL_HOST in this shell sends keys to api.x, which profile “own” doesn’t name. Unset FAL_HOST.',
      'FAL_GRPC_HOST in this shell sends keys to api.g, which profile “own” doesn’t name. Unset FAL_GRPC_HOST.',
    ]),
  );
  expect((await machine().varvelWith({ env: both }, 'which')).stdout).toMatch(
    /FAL_HOST\tapi\.x\tFAL_GRPC_HOST/,
  );
  expect((await machine().varvel('which')).stdout).not.toContain('HOST FROM');
});

test('what is missing or misplaced is a wrong use', async () => {
  expectFailure(
    await machine().varvel('run', 'python', 'train.py', '--fast'),
    2,
    /“--fast” comes before --/,
    /varvel run -- python train.py --fast …/,
  );
  expectFailure(await machine().varvel('run', '-p', '', '--', 'true'), 2, /-p needs a value/, /./);
  expectFailure(await machine().varvel('run'), 2, /^varvel: COMMAND is missing/, /./);
  expectFailure(await machine().varvel('run', '--'), 2, /missing|what to run/, /./);
  expectFailure(
    await machine().varvel('run', 'team', '--', 'true'),
    2,
    /Unexpected argument “team” before --/,
    /-p team/,
  );
  expectFailure(await machine().varvel('run', 'true'), 2, /No command given/, /after --/);
  expectFailure(
    await machine().varvel('run', '-p', 'taem', '--', 'true'),
    4,
    /Profile “taem” doesn’t exist/,
    /“team”/,
  );
});

test('that a command was run is logged by its name, without its arguments', async () => {
  await machine().varvel('run', '-p', 'team', '--', 'true', 'an-argument');
  const { activity } = await machine().json(activityList, 'activity');
  expect(activity[0]).toMatchObject({ kind: 'ran', profile: 'team', key: key.split(':')[0], detail: 'true' });
});

test.runIf(process.platform === 'linux')('the log says which program started Varvel', async () => {
  const script = '"$0" run -- true; exit $?';
  expect(spawnSync('bash', ['-c', script, varvelProgram], { env: machine().env })).toMatchObject({
    status: 0,
  });
  const { activity } = await machine().json(activityList, 'activity');
  expect(activity[0]).toMatchObject({ kind: 'ran', detail: 'true', face: 'terminal', program: 'bash' });
  expect((await machine().varvel('activity')).stdout).toContain('terminal (bash)');
});
