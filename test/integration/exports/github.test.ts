import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { beforeEach, expect, test } from 'vitest';
import * as z from 'zod/mini';
import { expectFailure, madeKey } from '../cli/contract.ts';
import { recordingGithub } from '../cli/github-program.ts';
import { newMachine } from '../cli/machine.ts';
import { keysOf } from '../sandbox/running.ts';

const machine = newMachine({ signedIn: ['ada'], vault: 'file' });

let gh: Awaited<ReturnType<typeof recordingGithub>>;
let key = { id: '', text: '' };

const secretOf = async (id: string | null) =>
  (await keysOf(machine().sandbox)).find(({ key_id }) => key_id === id)?.key ?? `no key ${id}`;
/** With the recording gh in PATH. */
const varvel = (...args: string[]) =>
  machine().varvelWith({ env: { PATH: `${gh.folder}:${process.env.PATH}` } }, ...args);
const toGithub = (...args: string[]) => varvel('export', '--to', 'github', ...args);

const shown = z.object({
  github: z.array(
    z.object({ repository: z.string(), environment: z.nullable(z.string()), state: z.string() }),
  ),
});
const secretsOf = async (id: string) => (await machine().json(shown, 'keys', 'show', id)).github;

beforeEach(async () => {
  gh = await recordingGithub(machine().root);
  const { id } = await machine().json(madeKey, 'keys', 'create', 'bots', '--profile', 'staging');
  await machine().varvel('switch', 'staging');
  key = { id, text: await secretOf(id) };
});

test('a secret is set by gh, which gets the key on its standard input and never as an argument', async () => {
  const ended = await toGithub('acme/shop');
  expect(ended).toMatchObject({
    code: 0,
    stderr: expect.stringContaining('Set secret FAL_KEY of acme/shop'),
  });
  await toGithub('ghe.acme.example/acme/shop', '--environment', 'production', '--name', 'FAL_KEY_LIVE');
  expect(await gh.calls()).toEqual([
    { args: ['secret', 'set', 'FAL_KEY', '--repo', 'github.com/acme/shop'], input: key.text },
    {
      args: ['secret', 'set', 'FAL_KEY_LIVE', '--repo', 'ghe.acme.example/acme/shop', '--env', 'production'],
      input: key.text,
    },
  ]);
  expect(await gh.environment()).not.toMatch(/^(VARVEL|FAL)_/m);
  expect(await secretsOf(key.id)).toEqual([
    { repository: 'acme/shop', environment: null, state: 'fresh' },
    { repository: 'ghe.acme.example/acme/shop', environment: 'production', state: 'fresh' },
  ]);
  expect((await varvel('keys', 'show', key.id)).stdout).toMatch(/GitHub\s+acme\/shop\s+FAL_KEY of staging/);
  const state = await readFile(join(machine().data, 'state.db'), 'latin1');
  expect(state).not.toContain(key.text.split(':')[1]);
});

test('without gh, without its sign-in, and when GitHub refuses, it says so and remembers nothing but what may be set', async () => {
  const none = await machine().varvelWith(
    { env: { PATH: join(machine().root, 'empty') } },
    'export',
    '--to',
    'github',
    'acme/shop',
  );
  expectFailure(none, 4, /gh isn’t installed/, /cli\.github\.com/);
  await gh.ends(4, 'To get started with GitHub CLI, please run:  gh auth login');
  expectFailure(await toGithub('acme/shop'), 3, /isn’t signed in/, /gh auth login/);
  await gh.ends(
    1,
    'failed to fetch public key: HTTP 404: Not Found (https://api.github.com/repos/acme/shop)',
  );
  expectFailure(await toGithub('acme/shop'), 7, /Couldn’t set FAL_KEY of acme\/shop: .*404/, /repository/);
  expect(await secretsOf(key.id)).toEqual([]);
  // GitHub may have it: a rotation must set it again
  await gh.ends(1, 'error connecting to api.github.com');
  expectFailure(await toGithub('acme/shop'), 6, /error connecting/, /all the same/);
  expect(await secretsOf(key.id)).toMatchObject([{ repository: 'acme/shop' }]);
});

test.each([
  'Put "https://api.github.com/repos/acme/shop/actions/secrets/FAL_KEY": EOF',
  'HTTP 502: Server Error (https://api.github.com/repos/acme/shop/actions/secrets/FAL_KEY)',
])('an answer that is lost after GitHub took the key forgets nothing: %s', async (says) => {
  await gh.ends(1, `failed to set secret "FAL_KEY": ${says}`);
  expectFailure(await toGithub('acme/shop'), 6, /Couldn’t set FAL_KEY/, /all the same/);
  expect(await secretsOf(key.id)).toMatchObject([{ repository: 'acme/shop' }]);
});

test('a name that GitHub doesn’t take is refused before gh is run', async () => {
  for (const name of ['shop', 'acme/shop/extra/more', '--help/x', 'acme/..', 'https://github.com/acme/shop'])
    expectFailure(await toGithub('--', name), 2, /is not a GitHub repository/, /acme\/shop/);
  expectFailure(await toGithub('acme/shop', '--name', 'GITHUB_TOKEN'), 2, /keeps that name/, /--name/);
  expectFailure(await toGithub('acme/shop', '--name', 'PATH'), 2, /can’t hold a key/, /--name/);
  expectFailure(await toGithub('acme/shop', '--format', 'json'), 2, /are for files/, /--to github/);
  expectFailure(await varvel('export', 'x.env', '--environment', 'e'), 2, /needs --to github/, /Add it/);
  expect(await gh.calls()).toEqual([]);
});

test('a rotation sets the secret again, a gh that fails stops the revoke, and an abort gives the old key back', async () => {
  await toGithub('acme/shop', '--environment', 'production');
  await gh.ends(1, 'failed to set secret "FAL_KEY": HTTP 503: Service Unavailable');
  const ended = await varvel('keys', 'rotate', 'staging', '--grace', '0', '--yes');
  expect(ended.stderr).toContain('GitHub: FAL_KEY of acme/shop (production)');
  expectFailure(
    ended,
    8,
    /a place may still have it\. .*FAL_KEY of acme\/shop \(production\).*503/,
    /--force/,
  );
  expect((await keysOf(machine().sandbox)).map(({ key_id }) => key_id)).toContain(key.id);
  await gh.works();
  const document = z.object({
    step: z.string(),
    new_key: z.string(),
    moved: z.object({ github: z.number() }),
  });
  const rotation = (...args: string[]) =>
    varvel('keys', 'rotate', ...args, '--json').then(({ stdout }) => document.parse(JSON.parse(stdout)));
  const done = await rotation(key.id, '--resume');
  expect(done).toMatchObject({ step: 'ended', moved: { github: 1 } });
  expect((await gh.calls()).at(-1)).toEqual({
    args: ['secret', 'set', 'FAL_KEY', '--repo', 'github.com/acme/shop', '--env', 'production'],
    input: await secretOf(done.new_key),
  });
  expect(await secretsOf(done.new_key)).toHaveLength(1);

  const again = await rotation('staging', '--yes');
  expect((await gh.calls()).at(-1)?.input).toBe(await secretOf(again.new_key));
  await rotation('staging', '--abort');
  expect((await gh.calls()).at(-1)?.input).toBe(await secretOf(done.new_key));
  expect(await rotation(done.new_key, '--abort', '--grace', '0', '--yes')).toMatchObject({ step: 'ended' });
});

test('a secret that was given another key while the rotation couldn’t reach it keeps that one', async () => {
  await toGithub('acme/shop');
  await gh.ends(1, 'error connecting to api.github.com');
  await varvel('keys', 'rotate', 'staging', '--grace', '0', '--yes');
  await gh.works();
  const { id } = await machine().json(madeKey, 'keys', 'create', 'live', '--profile', 'production');
  expect(await toGithub('acme/shop', '-p', 'production')).toMatchObject({ code: 0 });
  expect(await varvel('keys', 'rotate', 'staging', '--resume')).toMatchObject({ code: 0 });
  expect((await gh.calls()).at(-1)?.input).toBe(await secretOf(id));
  expect(await secretsOf(id)).toMatchObject([{ repository: 'acme/shop', state: 'fresh' }]);
});

test('a slow export beside a rotation leaves GitHub with the new key', async () => {
  await gh.holds(key.text);
  const options = { env: { PATH: `${gh.folder}:${process.env.PATH}` } };
  const exporting = machine().start(options, 'export', '--to', 'github', 'acme/shop');
  await expect.poll(gh.isWaiting).toBe(true);
  const rotating = machine().start(options, 'keys', 'rotate', 'staging', '--grace', '0', '--yes');
  const current = async () =>
    (await machine().json(z.object({ key: z.string() }), 'profiles', 'show', 'staging')).key;
  await expect.poll(current).not.toBe(key.id);
  await sleep(1000);
  await gh.goOn();
  expect(await exporting.ended).toMatchObject({ code: 0 });
  expect(await rotating.ended).toMatchObject({ code: 0 });
  expect(await gh.held()).toBe(await secretOf(await current()));
  expect(await secretsOf(await current())).toMatchObject([{ repository: 'acme/shop', state: 'fresh' }]);
  expect((await keysOf(machine().sandbox)).map(({ key_id }) => key_id)).not.toContain(key.id);
});

const notFound = { code: 1, says: 'failed to delete secret FAL_KEY: HTTP 404: Not Found' };

test('a secret that may still have a key, after an export of another one that ended unknown, stops its revoke', async () => {
  await toGithub('acme/shop');
  await machine().json(madeKey, 'keys', 'create', 'live', '--profile', 'production');
  await gh.ends(1, 'error connecting to api.github.com');
  expect(await toGithub('acme/shop', '-p', 'production')).toMatchObject({ code: 6 });
  await gh.works();
  expectFailure(
    await varvel('keys', 'rotate', 'staging', '--grace', '0', '--yes'),
    8,
    /FAL_KEY of acme\/shop may still have the key/,
    /--force/,
  );
  expect((await keysOf(machine().sandbox)).map(({ key_id }) => key_id)).toContain(key.id);
  expect(await toGithub('acme/shop', '-p', 'production')).toMatchObject({ code: 0 });
  expect(await varvel('keys', 'rotate', key.id, '--resume')).toMatchObject({ code: 0 });
  expect((await keysOf(machine().sandbox)).map(({ key_id }) => key_id)).not.toContain(key.id);
});

test('--undo deletes the secret at GitHub, also when it is gone there already', async () => {
  await toGithub('acme/shop');
  await toGithub('acme/site');
  expect(await toGithub('ACME/Shop', '--undo')).toMatchObject({ code: 0 });
  expect((await gh.calls()).at(-1)?.args).toEqual([
    'secret',
    'delete',
    'FAL_KEY',
    '--repo',
    'github.com/acme/shop',
  ]);
  await gh.answers({ 'secret delete': notFound, 'secret list': { prints: 'FAL_KEY_2\t2026-11-27\n' } });
  expect(await toGithub('acme/site', '--undo')).toMatchObject({ code: 0 });
  expect((await gh.calls()).at(-1)?.args).toEqual(['secret', 'list', '--repo', 'github.com/acme/site']);
  expect(await secretsOf(key.id)).toEqual([]);
  expectFailure(await toGithub('acme/site', '--undo'), 4, /has set no secret FAL_KEY of acme\/site/, /./);
});

test('--undo keeps the record of a secret that gh’s account may not see', async () => {
  await toGithub('acme/shop');
  const unseen = { code: 1, says: 'failed to get secrets: HTTP 404: Not Found' };
  for (const list of [unseen, { prints: 'FAL_KEY\t2026-11-27\n' }]) {
    await gh.answers({ 'secret delete': notFound, 'secret list': list });
    expectFailure(await toGithub('acme/shop', '--undo'), 7, /Couldn’t delete FAL_KEY.*404/, /account of gh/);
  }
  // the next rotation sets it, so nothing runs on a revoked key
  await gh.works();
  expect(await varvel('keys', 'rotate', 'staging', '--grace', '0', '--yes')).toMatchObject({ code: 0 });
  expect(await gh.held()).not.toBe(key.text);
});

test('--undo forgets the secret of an environment only where GitHub no longer lists that', async () => {
  const place = ['acme/shop', '--environment', 'live'];
  await toGithub(...place);
  const unseen = { code: 1, says: 'HTTP 404: Not Found' };
  const answers = { 'secret delete': notFound, 'secret list': unseen };
  await gh.answers({ ...answers, api: unseen });
  expectFailure(await toGithub(...place, '--undo'), 7, /404/, /./);
  await gh.answers({ ...answers, api: { prints: 'staging\nLive\n' } });
  expectFailure(await toGithub(...place, '--undo'), 7, /404/, /./);
  expect(await secretsOf(key.id)).toHaveLength(1);
  await gh.answers({ ...answers, api: { prints: 'staging\n' } });
  expect(await toGithub(...place, '--undo')).toMatchObject({ code: 0 });
  expect((await gh.calls()).at(-1)?.args.slice(0, 4)).toEqual([
    'api',
    'repos/acme/shop/environments',
    '--hostname',
    'github.com',
  ]);
  expect(await secretsOf(key.id)).toEqual([]);
});
