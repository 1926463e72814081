import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { secretName } from '../../../core/ports.ts';
import { openVault } from '../../../platform/vault/open-vault.ts';
import { figure } from '../../attacks/figures.ts';
import { whoami } from '../cli/contract.ts';
import { type Machine, newMachine, vaultPassphrase } from '../cli/machine.ts';
import type { Ended } from '../cli/program.ts';
import { ask, keyOf, keysOf } from '../sandbox/running.ts';
import { type Form, formsOf, formsOfKey, found, searchFiles } from './canary.ts';
import { watchProcesses } from './process-watch.ts';

const machine = newMachine({ vault: 'file' });

test('the search finds a secret in every form, in a file, and on a command line', async () => {
  const secret = 'planted/canary+key=?:"0123456789abcdef';
  const forms = formsOf('planted', secret);
  for (const text of [
    secret,
    encodeURIComponent(`x ${secret} y`),
    JSON.stringify({ a: `x${secret}y` }),
    ...['', 'x', 'xy', 'xyz'].map((before) => Buffer.from(`${before}${secret}tail`).toString('base64')),
    ...['', 'x', 'xy'].map((before) => Buffer.from(`${before}${secret}tail`).toString('base64url')),
    Buffer.from(secret).toString('hex'),
  ]) {
    expect({ text, found: found(Buffer.from(text), forms) }).toEqual({ text, found: ['planted'] });
  }
  expect(found(Buffer.from('nothing of it'), forms)).toEqual([]);
  const folder = join(machine().root, 'deep', 'er');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'log'), `some\0bytes ${secret}`);
  expect(searchFiles(machine().root, forms)).toEqual([`${join(folder, 'log')}: planted`]);
  const watch = watchProcesses();
  const careless = machine().start(
    { env: { PLANTED: secret } },
    'login',
    '--flow',
    'device',
    '--no-browser',
    secret,
  );
  await careless.ended;
  expect(watch.stop().some(({ command }) => found(Buffer.from(command), forms).length > 0)).toBe(true);
});

/** The tokens of all sign-ins, from the vault. */
async function tokensOf({ data, env, json }: Machine): Promise<string[]> {
  const vault = await openVault({ kind: 'file', folder: data, env, ask: false });
  const { identities } = await json(whoami, 'whoami');
  const tokens: string[] = [];
  for (const { id } of identities) {
    tokens.push((await vault.get(secretName.refreshToken(id))) ?? '');
    const access = (await vault.get(secretName.accessToken(id))) ?? '';
    tokens.push(access.slice(access.indexOf(' ') + 1));
  }
  expect(tokens.every((token) => token.length > 20)).toBe(true);
  return tokens;
}

test('through every command and every failure, no secret stands in a file, a stream, a request or a process', async () => {
  const { varvelWith, control, sandbox, root } = machine();
  const said: { command: string; ended: Ended }[] = [];
  const forms: Form[] = [...formsOf('the passphrase', vaultPassphrase)];
  const varvel = async (command: string, options: Parameters<typeof varvelWith>[0] = {}) => {
    const args = command.split(' ');
    const ended = await varvelWith(options, ...args, '--debug');
    said.push({ command, ended });
    return ended;
  };
  const fault = (target: string, more: object) => control('faults', { target, ...more });
  const noFaults = () => ask(`${sandbox.control}/faults`, { method: 'DELETE' });

  // the passphrase comes from a file, once, to the agent: a variable is there for all of one's programs to see
  const passphraseFile = join(root, 'passphrase');
  writeFileSync(passphraseFile, vaultPassphrase, { mode: 0o600 });
  const tokens = { ...machine(), env: { ...machine().env } };
  delete machine().env.VARVEL_PASSPHRASE;

  const watch = watchProcesses();
  const unlocking = { env: { VARVEL_PASSPHRASE_FILE: passphraseFile } };
  await varvel('profiles list', unlocking);
  await varvel('keys add first --stdin', { ...unlocking, input: 'first-id:first-secret' });
  expect(await varvel('vault unlock --for 1h', unlocking)).toMatchObject({ code: 0 });
  rmSync(passphraseFile);
  said.push({ command: 'login', ended: await machine().signIn('ada', 'github') });
  said.push({ command: 'login', ended: await machine().signIn('ada-sso', 'example.com') });
  const early = await tokensOf(tokens);
  forms.push(...early.flatMap((token) => formsOf('a token', token)));

  const added = await keyOf(sandbox, 'falconers', 'API');
  forms.push(...formsOfKey('the added key', added.key));
  await varvel('keys add client --stdin -p work', { input: added.key });
  await varvel('keys add client --stdin -p work --json', { input: `${added.key}\n` });
  await varvel('keys add --stdin', { input: `${added.key}\u0000` });
  await varvel('keys add --stdin', { input: `x${added.key}\nmore` });
  await varvel('keys add --stdin', { input: `é${added.key}` });
  expect(await varvel('keys create bots --account ada --profile staging')).toMatchObject({ code: 0 });
  expect(await varvel('keys create boss --scope ADMIN --account falconers --json')).toMatchObject({
    code: 0,
  });
  for (const command of [
    'whoami',
    'accounts list --json',
    'keys list',
    'keys list --json',
    'keys test --all',
    'keys test staging --generate --json',
    'profiles list --json',
    'profiles show staging',
    'profiles create other key=bots note=x',
    'profiles set other key=client',
    'profiles rename other another',
    'keys rename client clients',
    'keys rename clients client',
    'switch staging',
    'current --json',
    'env --unset',
    'run -p staging -- true',
    'find --home',
    'find . --json',
    'activity',
    'activity --json',
    'export nowhere.env -p nobody',
    'vault status',
    'doctor',
    'doctor --json',
    'completion --words -- keys reveal ',
    'completion --words -- switch ',
    'keys forget nothing --yes',
    'keys revoke nothing --yes',
    '--help',
    'frobnicate',
  ]) {
    await varvel(command);
  }
  // under a passphrase of its own: what stands in the file must tell nothing
  writeFileSync(passphraseFile, vaultPassphrase, { mode: 0o600 });
  expect(await varvel(`backup ${join(root, 'backup.age')}`, unlocking)).toMatchObject({ code: 0 });
  await varvel(`restore ${join(root, 'backup.age')} --json`, unlocking);
  rmSync(passphraseFile);
  await varvel(`restore ${join(root, 'backup.age')}`, { env: { VARVEL_PASSPHRASE: 'wrong' } });
  const asking = {
    signin: ['accounts list'],
    rest: ['accounts list', 'keys test staging'],
    grpc: ['keys list --json', 'keys create refused --account ada'],
    platform: ['keys test staging'],
    run: ['keys test staging --generate'],
  };
  for (const [target, asked] of Object.entries(asking)) {
    for (const kind of [{ kind: 'drop' }, { kind: 'status', status: 500 }, { kind: 'status', status: 401 }]) {
      await fault(target, kind);
      if (target === 'signin') await control('expire', { person: 'ada', what: 'access' });
      for (const command of asked) await varvel(command);
      await noFaults();
    }
  }
  expect(await varvel('keys rotate staging --yes')).toMatchObject({ code: 0 });
  for (const command of [
    'keys rotate staging --yes',
    'keys rotate staging --resume --json',
    'keys rotate staging --abort',
  ])
    await varvel(command);
  await fault('grpc', { kind: 'drop', after: true });
  // fal makes it, and its answer is lost
  expect(await varvel('keys create lost --account ada')).toMatchObject({ code: 6 });
  await noFaults();
  // all that fal has ever made, those among them that these commands have made
  const made = await keysOf(sandbox);
  expect(made.map(({ alias }) => alias)).toEqual(expect.arrayContaining(['bots', 'boss', 'lost']));
  forms.push(...made.flatMap(({ alias, key }) => formsOfKey(`the key ${alias}`, key)));
  await control('lock', { account: 'falconers', reason: 'TOP_UP.' });
  await varvel('keys test work --json');
  for (const command of [
    'keys diagnose work --report lock.txt',
    'keys diagnose boss --json',
    'budget set 1 --account falconers',
    'budget list',
    'usage --by member --json',
  ])
    await varvel(command);
  await control('expire', { person: 'ada', what: 'access' });
  await varvel('accounts list');
  const late = await tokensOf(tokens);
  expect(late.some((token) => !early.includes(token))).toBe(true);
  forms.push(...late.flatMap((token) => formsOf('a token', token)));
  await varvel('keys forget client --yes');
  await varvel('keys revoke bots --yes --json');
  await varvel('logout --all');
  await varvel('vault lock');
  await varvel('env work');
  await varvel('env work', { env: { VARVEL_PASSPHRASE: 'wrong' } });
  const sightings = watch.stop();

  // 1. what was said
  const streams = said.flatMap(({ command, ended }) =>
    found(Buffer.from(ended.stdout + ended.stderr), forms).map((what) => `${command}: ${what}`),
  );
  expect(streams).toEqual([]);
  // 2. what stands on the disk, the vault among it
  expect(searchFiles(root, forms)).toEqual([]);
  // 3. what fal was asked: its log holds paths with their queries
  const { body } = await ask(`${sandbox.control}/requests`);
  expect(found(Buffer.from(JSON.stringify(body)), forms)).toEqual([]);
  // 4. what other programs could see of ours
  const ours = sightings.filter(({ environment }) =>
    environment.includes(Buffer.from(`VARVEL_HOME=${machine().home}`)),
  );
  expect(ours.length).toBeGreaterThan(30);
  expect(sightings.filter(({ command }) => found(Buffer.from(command), forms).length > 0)).toEqual([]);
  // the child of `run` has the key, and nothing else of ours has it
  const carriers = ours.filter(({ environment }) => found(environment, forms).length > 0);
  expect(carriers.map(({ command }) => command).filter((command) => command !== 'true --debug')).toEqual([]);
  figure(3, 'a canary through every command', {
    commands: said.length,
    'forms of secrets searched': forms.length,
    'processes seen': ours.length,
    'secrets found': 0,
  });
}, 600_000);
