// Adds lines of its own to a file, one patch for each, and says each that was acknowledged: FILE NAME [COUNT] [LOCKS]

import { patchFile } from '../../../../platform/files/patch-file.ts';
import { createLocks } from '../../../../platform/process/locks.ts';
import { say } from '../../platform/children/say.ts';

const [, , path = '', name = '', count = '1000000', locks] = process.argv;
const options = locks === undefined ? {} : { locks: createLocks(locks) };
say('ready');
for (let index = 0; index < Number(count); index += 1) {
  const line = `${name}-${index}\n`;
  await patchFile(path, (before) => Buffer.concat([before ?? Buffer.alloc(0), Buffer.from(line)]), options);
  say(line.trimEnd());
}
