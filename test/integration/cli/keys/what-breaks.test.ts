import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { keyOf, keysOf } from '../../sandbox/running.ts';
import { typed } from '../../vault/typed.ts';
import { errorOf, expectFailure, madeKey } from '../contract.ts';
import { recordingGithub } from '../github-program.ts';
import { newMachine } from '../machine.ts';
import { varvelProgram } from '../program.ts';

const machine = newMachine({ signedIn: ['ada'], vault: 'file' });

const create = async (alias: string, ...more: string[]) =>
  (await machine().json(madeKey, 'keys', 'create', alias, '--account', 'ada', ...more)).id;
const isAtFal = async (id: string) => (await keysOf(machine().sandbox)).some(({ key_id }) => key_id === id);

/** Runs a command on a terminal; others do something before it is answered with yes. */
const answered = (command: string, meanwhile: () => Promise<unknown>) =>
  typed(
    `${varvelProgram} ${command}`,
    [
      async () => {
        await meanwhile();
        return 'yes';
      },
    ],
    { ...machine().env, TERM: 'xterm', COLUMNS: '400' },
  );

let file = '';
beforeEach(async () => {
  file = join(machine().root, 'rv', 'prod.env');
  await mkdir(join(machine().root, 'rv'), { recursive: true });
});

test.each([
  ['revoke', /1 file and 1 GitHub secret will have a revoked key\./],
  ['forget', /1 file and 1 GitHub secret will keep the key\./],
])(
  'keys %s names the file and the secret that have the key, also of a profile that is gone',
  async (verb, words) => {
    const { varvel, varvelWith, root } = machine();
    const id = await create('spare', '--profile', 'tmp');
    const gh = await recordingGithub(root);
    await varvel('export', file, '-p', 'tmp', '--yes');
    await varvelWith(
      { env: { PATH: `${gh.folder}:${process.env.PATH}` } },
      'export',
      '--to',
      'github',
      'acme/shop',
      '-p',
      'tmp',
      '--yes',
    );
    await varvel('profiles', 'delete', 'tmp', '--yes');
    const asked = await varvel('keys', verb, id);
    expectFailure(asked, 2, words, /--yes/);
    expect(asked.stderr).toContain(`File: ${file} (FAL_KEY)`);
    expect(asked.stderr).toMatch(/GitHub: FAL_KEY of acme\/shop/);
    expect(asked.stderr).not.toContain('Profile');
    expect(errorOf(await varvel('keys', verb, id, '--json'))).toMatchObject({ code: 'usage' });
    // a file that no longer has it breaks nothing
    await writeFile(file, 'FAL_KEY=other\n');
    const again = await varvel('keys', verb, id);
    expectFailure(again, 2, /undone\. 1 GitHub secret will/, /--yes/);
    expect(again.stderr).not.toContain(file);
    expect((await varvel('keys', verb, id, '--yes')).code).toBe(0);
  },
);

test('other programs’ files that have the key are named, too', async () => {
  const { key, key_id: id } = await keyOf(machine().sandbox, 'ada', 'API');
  const { varvel, varvelWith, env } = machine();
  await varvelWith({ input: key }, 'keys', 'add', 'mine', '--stdin');
  await mkdir(join(env.HOME ?? '', '.fal'), { recursive: true });
  await writeFile(join(env.HOME ?? '', '.fal', 'config.toml'), `[work]\nkey = "${key}"\n`);
  await writeFile(join(env.HOME ?? '', '.zshrc'), `export FAL_KEY=${key}\n`);
  const asked = await varvel('keys', 'revoke', id);
  expectFailure(asked, 2, /2 files will have a revoked key/, /--yes/);
  expect(asked.stderr).toMatch(/fal CLI: work in \S+config\.toml/);
  expect(asked.stderr).toMatch(/Start-up file: \S+\.zshrc:1/);
  expect(asked.stderr).not.toContain(key.split(':')[1]);
});

test.each(['revoke', 'forget'])(
  'a key that got in use while keys %s waited for its answer is left as it is',
  async (verb) => {
    const { varvel } = machine();
    const id = await create('spare');
    const screen = await answered(`keys ${verb} ${id}`, async () => {
      await varvel('profiles', 'create', 'prod', `key=${id}`);
      await varvel('export', file, '-p', 'prod', '--yes');
      await varvel('switch', 'prod');
    });
    expect(existsSync(file)).toBe(true);
    expect(screen).toMatch(
      /Left as it is\. It has changed meanwhile: Profile prod will have no key\. 1 file will/,
    );
    expect(screen).toContain(file);
    expect(await isAtFal(id)).toBe(true);
    expect(await varvel('keys', 'reveal', id)).toMatchObject({ code: 0 });

    // what was said when it asked is done
    const sure = await answered(`keys ${verb} ${id}`, async () => undefined);
    expect(sure).toMatch(/Now without a key: prod\./);
    expect(await isAtFal(id)).toBe(verb === 'forget');
  },
);

test('keys reconcile --forget names the file, and leaves a key whose file came meanwhile', async () => {
  const { varvel, control } = machine();
  const id = await create('spare', '--profile', 'prod');
  await control('revoke', { key_id: id });
  const screen = await answered(`keys reconcile ${id} --forget`, () =>
    varvel('export', file, '-p', 'prod', '--yes'),
  );
  expect(screen).toMatch(
    /changed meanwhile: only here\. Profile prod will have no key\. 1 file will keep the key/,
  );
  const sure = await answered(`keys reconcile ${id} --forget`, async () => undefined);
  expect(sure).toContain(`File: ${file} (FAL_KEY)`);
  expect(sure).toMatch(/Forgot 1 key/);
});
