/** Adds to a number in a file, reading, waiting and writing: without a lock, counts get lost. */
import { readFile, writeFile } from 'node:fs/promises';
import { setImmediate as later } from 'node:timers/promises';
import { createLocks } from '../../../../platform/process/locks.ts';

const [folder = '', file = '', times = '0'] = process.argv.slice(2);
const locks = createLocks(folder);
for (let n = 0; n < Number(times); n++) {
  await locks.exclusive('counter', async () => {
    const count = Number(await readFile(file, 'utf8'));
    await later();
    await writeFile(file, String(count + 1));
  });
}
