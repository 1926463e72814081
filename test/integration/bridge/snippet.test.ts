import { expect, test } from 'vitest';
import { newMachine } from '../cli/machine.ts';
import { serve } from '../web/served.ts';

const machine = newMachine({ vault: 'file' });

test('code for a profile is the command line’s', async () => {
  await machine().varvel('profiles', 'create', 'studio');
  await using here = await serve({ env: machine().env });
  const { stdout } = await machine().varvel('snippet', 'studio', '--language', 'curl', '--json');
  const { profile, language, model, ...snippet } = JSON.parse(stdout);
  expect(await here.call('profiles.snippet', { name: profile, language, model })).toEqual({ ok: snippet });
});

test('a profile that isn’t there and a model that can’t be are refused', async () => {
  await machine().varvel('profiles', 'create', 'studio');
  await using here = await serve({ env: machine().env });
  const snippet = (name: string, model: string) =>
    here.call('profiles.snippet', { name, language: 'python', model });
  expect(await snippet('nobody', 'fal-ai/flux/dev')).toMatchObject({ error: { code: 'not_found' } });
  expect(await snippet('studio', 'a b')).toMatchObject({ error: { code: 'invalid' } });
});
