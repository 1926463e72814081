/** Uses all that makes files, under a umask, and prints the files' modes while they are in use. */
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { patchFile } from '../../../../platform/files/patch-file.ts';
import { createLocks } from '../../../../platform/process/locks.ts';
import { openState } from '../../../../platform/state/open-state.ts';
import { say } from './say.ts';

const [folder = '', mask = '0'] = process.argv.slice(2);
process.umask(Number(mask));
// before there is a database: beside one, it would be refused
await patchFile(join(folder, 'written'), () => Buffer.from('x'));
const state = openState(folder);
state.settings.set('name', 'value');
await createLocks(folder).exclusive('session/a|b', async () => {});
for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
  say(`${name} ${(statSync(join(folder, name)).mode & 0o777).toString(8)}`);
}
state.close();
