import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse, type TomlTable } from 'smol-toml';
import { expect, test } from 'vitest';
import { attackRounds } from '../../attacks/figures.ts';
import { type Child, startChild } from '../platform/child.ts';
import { temporaryFolder } from '../platform/temporary-folder.ts';
import { openDesk } from './desk.ts';

const rounds = 300 * attackRounds;

const start = (name: string, args: string[]): Child => startChild(join('../../falcli/children', name), args);

const comments = ['# the head', '# about keep', '# beside', '# at the end'];
const given = `${comments[0]}\n[__internal__]\nteam = "t"\n\n${comments[1]}\n[keep]\nkey = "id-keep:secret" ${comments[2]}\nhost = "api.keep"\n\n${comments[3]}\n`;

test('beside a program that rewrites the whole file, hundreds of times, nothing is lost but what that program drops', async () => {
  using folder = temporaryFolder();
  using desk = openDesk(folder.path, { id: 'u', nickname: 't' });
  writeFileSync(desk.path, given);
  const profiles = ['a', 'b.c', 'd'].map((name) => desk.profile(name, `api.${name}`));
  const first = profiles[0];
  if (!first) throw new Error('no profile');
  await desk.falcli.apply(first, false);
  const fal = start('rewrite-config', [desk.path]);
  let told = 0;
  let applied = 0;
  while (fal.lines.length < rounds) {
    // it must not write again before the change it has hit is made: between two writes of its own, nothing can be saved
    if (fal.lines.length === told) {
      fal.process.stdin?.write('go\n');
      told += 1;
    }
    const profile = profiles[applied % profiles.length] ?? first;
    await desk.falcli.apply(profile, applied % 2 === 0);
    applied += 1;
  }
  fal.process.stdin?.end();
  expect(await fal.ended, fal.errors()).toBe(0);

  await desk.falcli.apply(first, true);
  const text = readFileSync(desk.path, 'utf8');
  const config: TomlTable = parse(text);
  expect(config.keep).toEqual({ key: 'id-keep:secret', host: 'api.keep' });
  expect(config.__internal__).toEqual({ team: 't', profile: 'a' });
  expect(config.a).toEqual({ key: 'our-a:topsecret-a', host: 'api.a' });
  for (let index = rounds - 7; index < rounds; index += 1)
    expect(config[`theirs ${index % 7}`]).toEqual({ key: `id-${index}:secret`, host: 'api.theirs' });
  for (const comment of comments) expect(text.split(comment)).toHaveLength(2);
}, 600_000);
