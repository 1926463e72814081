/** Writes on through damage, as many commands one after the other would; prints what was saved and what failed. */
import { hasCode } from '../../../../core/model/error.ts';
import { openState } from '../../../../platform/state/open-state.ts';
import { say } from './say.ts';

const [folder = '', name = ''] = process.argv.slice(2);
for (let n = 0; ; n++) {
  try {
    const state = openState(folder);
    for (let m = 0; m < 3; m++) {
      state.settings.set(`${name}/${n}/${m}`, 'x');
      if (state.settings.get(`${name}/${n}/${m}`) !== 'x') throw new Error('what was saved is not there');
    }
    state.close();
    say(`saved ${n}`);
  } catch (error) {
    if (!hasCode(error, 'state_corrupt')) throw error;
    say(`damaged ${n}`);
  }
}
