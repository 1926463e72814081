// A program that knows nothing of ours: reads the whole file, adds its line, truncates and writes it in place, unlocked,
// as fal's CLI does. Writes whenever it is told to, and says each line that it has written: FILE NAME
import { readFileSync, writeFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { say } from '../../platform/children/say.ts';

const [, , path = '', name = ''] = process.argv;
let index = 0;
for await (const _ of createInterface({ input: process.stdin })) {
  await sleep(Math.random() * 30);
  const line = `${name}-${index}\n`;
  writeFileSync(path, readFileSync(path, 'utf8') + line);
  say(line.trimEnd());
  index += 1;
}
