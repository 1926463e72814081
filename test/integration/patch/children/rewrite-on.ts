// A program that knows nothing of ours: reads the whole file, adds its line, truncates and writes it in place, unlocked,
// as fal's CLI does. Says each line that it has written: FILE NAME COUNT
import { readFileSync, writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { say } from '../../platform/children/say.ts';

const [, , path = '', name = '', count = '0'] = process.argv;
say('ready');
for (let index = 0; index < Number(count); index += 1) {
  const line = `${name}-${index}\n`;
  writeFileSync(path, readFileSync(path, 'utf8') + line);
  say(line.trimEnd());
  await sleep(5 + Math.random() ** 2 * 30);
}
