import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import * as z from 'zod/mini';
import type { RunOptions } from './machine.ts';
import { newMachine } from './machine.ts';

const machine = newMachine({ vault: 'file' });
const home = () => machine().env.HOME ?? '';

function write(path: string, text: string): string {
  const whole = path.startsWith('/') ? path : join(home(), path);
  mkdirSync(dirname(whole), { recursive: true });
  writeFileSync(whole, text);
  return whole;
}

const Decision = z.object({
  winner: z.object({ source: z.nullable(z.string()), key_id: z.nullable(z.string()) }),
  chain: z.array(
    z.object({ source: z.string(), value: z.nullable(z.string()), wins: z.boolean(), reason: z.string() }),
  ),
});
const Which = z.extend(Decision, {
  tools: z.object({ fal: Decision, fal_client: Decision, '@fal-ai/client': Decision }),
  advice: z.array(z.string()),
});

async function which(options: RunOptions = {}, ...more: string[]) {
  const { code, stdout, stderr } = await machine().varvelWith(
    { cwd: home(), ...options },
    'which',
    '--json',
    ...more,
  );
  expect({ code, stderr }).toMatchObject({ code: 0 });
  return Which.parse(JSON.parse(stdout));
}
type Found = Awaited<ReturnType<typeof which>>;
const sourcesOf = ({ tools }: Found) => [
  tools.fal.winner.source,
  tools.fal_client.winner.source,
  tools['@fal-ai/client'].winner.source,
];

test('a key without a colon sends the fal CLI to its sign-in, and its clients to a refusal', async () => {
  write('.fal/auth0_token', 'refresh\naccess');
  const found = await which({ env: { FAL_KEY: 'no-colon', FAL_KEY_ID: 'a', FAL_KEY_SECRET: 'b' } });
  expect(sourcesOf(found)).toEqual(['fal sign-in', 'FAL_KEY', 'FAL_KEY']);
  expect(found.tools.fal.chain.find(({ source }) => source.includes('+'))?.reason).toMatch(
    /Not tried after FAL_KEY/,
  );
  write('.fal/config.toml', '[__internal__]\nprofile = "a"\n[a]\nkey = "no-colon"\n');
  expect(sourcesOf(await which({ env: { FAL_KEY_ID: 'a', FAL_KEY_SECRET: 'b' } }))[0]).toBe('fal sign-in');
  // what only looks like a pair is one for the CLI
  expect(
    sourcesOf(await which({ env: { FAL_PROFILE: 'none', FAL_KEY_ID: '', FAL_KEY_SECRET: '' } })),
  ).toEqual(['FAL_KEY_ID + FAL_KEY_SECRET', 'fal sign-in', null]);
});

test('what stands in the wrong variable shows no secret', async () => {
  const id = '11111111-2222-4333-8444-555555555555';
  const secret = '0123456789abcdef0123456789abcdef';
  for (const env of [
    { FAL_KEY_ID: `${id}:${secret}`, FAL_KEY_SECRET: secret },
    { FAL_KEY_ID: secret, FAL_KEY_SECRET: id },
    { FAL_KEY: `${secret}:${id}` },
    { VARVEL_PROFILE: `${id}:${secret}` },
  ])
    for (const words of [['which'], ['which', '--json'], ['env']]) {
      const { stdout, stderr } = await machine().varvelWith({ env }, ...words);
      expect(stdout + stderr).not.toContain(secret);
    }
});

test('an empty token is no sign-in, an empty FAL_HOME_DIR the working folder, an empty FAL_CONFIG_PATH no file', async () => {
  write('.fal/auth0_token', '\n');
  expect(sourcesOf(await which())).toEqual([null, null, null]);
  write('work/auth0_token', 'refresh');
  const here = { cwd: join(home(), 'work'), env: { FAL_HOME_DIR: '' } };
  expect(sourcesOf(await which(here))).toEqual(['fal sign-in', 'fal sign-in', null]);
  write('.fal/config.toml', '[__internal__]\nprofile = "a"\n[a]\nkey = "id:secret"\n');
  expect((await which()).tools.fal.winner.key_id).toBe('id');
  const env = { FAL_CONFIG_PATH: '' };
  await machine().varvel('profiles', 'create', 'a');
  expect((await which({ env })).tools.fal.winner.source).toBe(null);
  for (const command of [['status'], ['apply', 'a'], ['import', '--yes'], ['undo']]) {
    expect(await machine().varvelWith({ env, cwd: home() }, 'falcli', ...command)).toMatchObject({
      code: 8,
      stderr: expect.stringMatching(/FAL_CONFIG_PATH is empty[\s\S]*hint: Unset FAL_CONFIG_PATH/),
    });
  }
});

test('a profile is asked about as FAL_PROFILE, and no text tells of a fal --profile', async () => {
  write('.fal/config.toml', '[a]\nkey = "id:secret"\n');
  const { tools } = await which({}, '--fal-profile', 'a');
  expect(tools.fal.winner).toMatchObject({ source: 'FAL_PROFILE', key_id: 'id' });
  expect(JSON.stringify(tools) + (await machine().varvel('help', 'which')).stdout).not.toMatch(
    /fal --profile/,
  );
});

test('inside Colab, a secret that only its cells can read decides nothing here', async () => {
  write('.fal/auth0_token', 'refresh');
  const found = await which({ env: { COLAB_RELEASE_TAG: 'release-colab' } });
  expect(sourcesOf(found)).toEqual(['fal sign-in', 'fal sign-in', null]);
  expect(found.chain.find(({ source }) => source === 'Colab')?.reason).toMatch(/in its cells only/);
});

test('a project’s pyproject.toml names the team of its apps; the nearest with one, or a repository, counts', async () => {
  write('.fal/auth0_token', 'refresh');
  const file = write(
    'shop/pyproject.toml',
    '[project]\nname = "shop"\n[tool.fal.apps.pictures]\nref = "a.py::A"\nteam = "night-shift"\n[tool.fal.apps.other]\nref = "b"\n',
  );
  write('shop/inner/pyproject.toml', '[project]\nname = "inner"\n');
  mkdirSync(join(home(), 'shop/repository/.git'), { recursive: true });
  const link = async (folder: string) =>
    (await which({ cwd: join(home(), folder) })).tools.fal.chain.find(
      ({ source }) => source === 'pyproject.toml',
    );
  for (const folder of ['shop', 'shop/inner']) {
    expect(await link(folder)).toMatchObject({
      value: file,
      wins: false,
      reason: expect.stringMatching(/`fal run pictures` and `fal deploy pictures` act for night-shift\.$/),
    });
  }
  expect(await link('shop/repository')).toBe(undefined);
  expect(await link('.')).toBe(undefined);
});

test.each([
  ['a byte order mark', '\uFEFF[a]\nkey = "id:secret"\n', /begins with a byte order mark/],
  ['30 February', '[a]\nkey = "id:secret"\nsince = 2024-02-30\n', /a date that doesn’t exist \(line 3\)/],
  ['29 February 2023', '[a]\nkey = "id:secret"\n\nsince = [\n  2023-02-29,\n]\n', /doesn’t exist \(line 5\)/],
  ['a byte order mark inside', '[a]\n\uFEFFkey = "id:secret"\n', /not valid TOML \(line 2\)/],
])('a config.toml with %s is refused with words, everywhere, and left as it is', async (_, text, words) => {
  await machine().varvel('profiles', 'create', 'a');
  const path = write('.fal/config.toml', text);
  for (const command of [['status'], ['apply', 'a'], ['import', '--yes']]) {
    const { code, stderr } = await machine().varvelWith({ cwd: home() }, 'falcli', ...command);
    expect({ command, code, stderr }).toMatchObject({ code: 2, stderr: expect.stringMatching(words) });
    expect(stderr).toMatch(/left|not changed/);
    expect(stderr).not.toContain('secret');
  }
  const found = await which({ env: { FAL_KEY: 'other:secret' } });
  expect(sourcesOf(found)).toEqual(['config.toml', 'FAL_KEY', 'FAL_KEY']);
  expect(found.tools.fal.chain[0]?.reason).toMatch(words);
  expect(found.advice.join()).toMatch(words);
  expect(readFileSync(path, 'utf8')).toBe(text);
});

test('what start-up files set is in the chain, without deciding in a shell that stands already', async () => {
  const file = write('.bashrc', 'A=1\nexport FAL_KEY="from-bashrc:secret"\n');
  write('.config/fish/config.fish', 'set -gx FAL_KEY (cat ~/key)\n');
  const found = await which({ env: { SHELL: '/bin/bash' } });
  expect(found.winner.source).toBe(null);
  expect(found.chain.filter(({ source }) => source === 'start-up file')).toEqual([
    { source: 'start-up file', value: `${file}:2`, wins: false, reason: 'Sets FAL_KEY in new bash shells.' },
    {
      source: 'start-up file',
      value: `${join(home(), '.config/fish/config.fish')}:1`,
      wins: false,
      reason: 'Sets FAL_KEY in new fish shells.',
    },
  ]);
  const set = await which({ env: { FAL_KEY: 'from-bashrc:secret' } });
  expect(set.chain.find(({ wins }) => wins)?.reason).toBe(`Set in this shell, as ${file}:2 does.`);
});

test('what other tools keep is named with its file, in which and doctor, and never written', async () => {
  const server = { url: 'https://mcp.fal.ai/mcp', headers: { Authorization: 'Bearer in-cursor:topsecret' } };
  const files: Record<string, string> = {
    [write('.cursor/mcp.json', JSON.stringify({ mcpServers: { 'fal-ai': server } }))]: '',
    [write('.genmedia/config.json', '{"apiKey":"aXY=:dGFn:topsecret"}')]: '',
    [write('shop/.mcp.json', '{"mcpServers":{"pictures":{"env":{"FAL_KEY":"in-shop:topsecret"}}}}')]: '',
  };
  for (const path of Object.keys(files)) files[path] = readFileSync(path, 'utf8');
  const [cursor, genmedia, project] = Object.keys(files);
  const cwd = join(home(), 'shop');
  const { stdout } = await machine().varvelWith({ cwd }, 'which', '--json');
  expect(JSON.parse(stdout).other_tools).toEqual([
    { tool: 'genmedia', path: genmedia, server: null, key_id: null },
    { tool: 'Claude Code', path: project, server: 'pictures', key_id: 'in-shop' },
    { tool: 'Cursor', path: cursor, server: 'fal-ai', key_id: 'in-cursor' },
  ]);
  const table = (await machine().varvelWith({ cwd }, 'which')).stdout;
  expect(table).toMatch(
    /genmedia\tits own, encrypted[\s\S]*Claude Code: pictures\tin-shop[\s\S]*Cursor: fal-ai\tin-cursor/,
  );
  const doctor = (await machine().varvelWith({ cwd }, 'doctor', '--offline')).stdout;
  expect(doctor).toMatch(/Cursor \(fal-ai\) has key in-cursor in \S+mcp\.json, in plain text/);
  expect(doctor).toMatch(/genmedia keeps its own key in \S+config\.json, encrypted/);
  await machine().varvelWith({ input: 'in-cursor:topsecret' }, 'keys', 'add', 'editor', '--stdin');
  const shown = (await machine().varvelWith({ cwd }, 'keys', 'show', 'in-cursor')).stdout;
  expect(shown).toContain(`${cursor}  Cursor: fal-ai`);
  expect(stdout + table + doctor + shown).not.toContain('topsecret');
  for (const [path, text] of Object.entries(files)) expect(readFileSync(path, 'utf8')).toBe(text);
});
