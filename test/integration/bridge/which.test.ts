import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { newMachine } from '../cli/machine.ts';
import { keyOf } from '../sandbox/running.ts';
import { serve } from '../web/served.ts';

const machine = newMachine({ vault: 'file' });

test('the window says which key wins for what is started as it was, as which does in the home folder', async () => {
  const { key } = await keyOf(machine().sandbox, 'falconers', 'API');
  const [id = '', secret = ''] = key.split(':');
  await machine().varvelWith({ input: key }, 'keys', 'add', 'one', '--stdin', '-p', 'one');
  await machine().varvel('profiles', 'create', 'pinned');
  const { HOME: home = '' } = machine().env;
  writeFileSync(join(home, '.varvel'), 'profile = "pinned"\n');
  const more = { FAL_KEY: key, FAL_CONFIG_PATH: join(machine().root, 'none.toml') };
  const env = { ...machine().env, ...more };
  await using here = await serve({ env });
  const answer = await here.call('which.explain');
  expect(answer).toMatchObject({
    ok: {
      folder: home,
      here: { winner: { source: 'FAL_KEY', profile: 'one', keyId: id } },
      tools: [
        { name: 'varvel env, varvel run', verdict: { winner: { source: 'pin', profile: 'pinned' } } },
        { name: 'fal (CLI)', verdict: { winner: { keyId: id } } },
        { name: 'fal_client (Python)' },
        { name: '@fal-ai/client (JavaScript)' },
      ],
      advice: expect.arrayContaining([expect.stringContaining('FAL_KEY in this shell overrides pinned')]),
    },
  });
  expect(JSON.stringify(answer)).not.toContain(secret);
  mkdirSync(join(home, 'shop'));
  writeFileSync(join(home, 'shop', '.varvel'), 'profile = "one"\n');
  expect(await here.call('which.explain', { folder: '~/shop' })).toMatchObject({
    ok: {
      folder: join(home, 'shop'),
      tools: [{ verdict: { winner: { source: 'pin', profile: 'one' } } }, {}, {}, {}],
    },
  });
  expect(await here.call('which.explain', { folder: '~/gone' })).toMatchObject({
    error: { code: 'not_found', message: `Folder ${join(home, 'gone')} doesn’t exist.` },
  });
  const { stdout } = await machine().varvelWith({ env: more, cwd: home }, 'which', '--json');
  const told: unknown = JSON.parse(stdout);
  expect(told).toMatchObject({ winner: { source: 'FAL_KEY', key_id: id } });
});

test('the window counts what the login shell’s start-up files set, since new terminals have it', async () => {
  const { key } = await keyOf(machine().sandbox, 'falconers', 'API');
  const [id = '', secret = ''] = key.split(':');
  await machine().varvelWith({ input: key }, 'keys', 'add', 'one', '--stdin', '-p', 'one');
  await machine().varvel('profiles', 'create', 'other');
  await machine().varvel('switch', 'other');
  const file = join(machine().env.HOME ?? '', '.bashrc');
  writeFileSync(file, `A=1\nexport FAL_KEY='${key}'\n`);
  const winner = { source: 'start-up file', profile: 'one', keyId: id };
  for (const [shell, found] of [
    ['/bin/bash', winner],
    ['/bin/zsh', { source: 'current', profile: 'other' }],
  ] as const) {
    await using here = await serve({ env: { ...machine().env, SHELL: shell } });
    const answer = await here.call('which.explain');
    const isBash = shell === '/bin/bash';
    expect(answer).toMatchObject({
      ok: {
        here: {
          winner: found,
          chain: expect.arrayContaining([
            {
              source: 'start-up file',
              value: `${file}:2`,
              wins: isBash,
              reason: 'Sets FAL_KEY in new bash shells.',
            },
          ]),
        },
        // no word of eval "$(varvel env)", which would help one shell only
        advice: isBash ? [expect.stringContaining(`${file}:2 sets FAL_KEY`)] : [],
      },
    });
    expect(JSON.stringify(answer)).not.toContain(secret);
  }
});

test('the window lists what other tools keep by themselves', async () => {
  const path = join(machine().env.HOME ?? '', '.codex', 'config.toml');
  mkdirSync(dirname(path));
  writeFileSync(path, '[mcp_servers.fal.env]\nFAL_KEY = "in-codex:topsecret"\n');
  await using here = await serve({ env: machine().env });
  const answer = await here.call('which.explain');
  expect(answer).toMatchObject({
    ok: { otherKeys: [{ tool: 'Codex', path, server: 'fal', keyId: 'in-codex' }] },
  });
  expect(JSON.stringify(answer)).not.toContain('topsecret');
});
