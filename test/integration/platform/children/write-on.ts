/** Writes on through damage, as many commands one after the other would; prints what was saved and what failed. */
import { join } from 'node:path';
import { hasCode } from '../../../../core/model/error.ts';
import { fileMark } from '../../../../platform/files/private-file.ts';
import { openState } from '../../../../platform/state/open-state.ts';
import { say } from './say.ts';

const [folder = '', name = ''] = process.argv.slice(2);
const path = join(folder, 'state.db');
for (let n = 0; ; n++) {
  try {
    const state = openState(folder);
    for (let m = 0; m < 3; m++) {
      const before = fileMark(path);
      state.settings.set(`${name}/${n}/${m}`, 'x');
      // between the two, another process may have set the database aside, with what was saved in it
      if (state.settings.get(`${name}/${n}/${m}`) !== 'x' && fileMark(path) === before) {
        throw new Error('what was saved is not there');
      }
    }
    state.close();
    say(`saved ${n}`);
  } catch (error) {
    if (!hasCode(error, 'state_corrupt')) throw error;
    say(`damaged ${n}`);
  }
}
