// Rewrites a config.toml as fal's CLI does: the whole file, parsed and written anew in place, unlocked, without comments.
// Adds a profile, takes one of its own away again, sets a key, whenever it is told to, and says so: FILE
import { readFileSync, writeFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { parse, stringify } from 'smol-toml';
import { say } from '../../platform/children/say.ts';

const [, , path = ''] = process.argv;
let index = 0;
for await (const _ of createInterface({ input: process.stdin })) {
  await sleep(Math.random() * 25);
  const config = parse(readFileSync(path, 'utf8'));
  config[`theirs ${index % 7}`] = { key: `id-${index}:secret`, host: 'api.theirs' };
  writeFileSync(path, stringify(config));
  say(String(index));
  index += 1;
}
