// Rewrites a config.toml as fal's CLI does: the whole file, parsed and written anew in place, unlocked, without comments.
// Adds a profile, takes one of its own away again, sets a key: FILE COUNT PAUSE. Says what it has acknowledged.
import { readFileSync, writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { parse, stringify } from 'smol-toml';
import { say } from '../../platform/children/say.ts';

const [, , path = '', count = '0', pause = '0'] = process.argv;
say('ready');
for (let index = 0; index < Number(count); index += 1) {
  const config = parse(readFileSync(path, 'utf8'));
  config[`theirs ${index % 7}`] = { key: `id-${index}:secret`, host: 'api.theirs' };
  writeFileSync(path, stringify(config));
  say(String(index));
  await sleep(Number(pause) * (0.5 + Math.random()));
}
