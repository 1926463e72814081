/** Writes settings until it is killed or has written `count`; prints each one's name after the call returned. */
import { openState } from '../../../../platform/state/open-state.ts';
import { say } from './say.ts';

const [folder = '', name = '', count = '0'] = process.argv.slice(2);
// how long it waits for others is not what is tried here, and the machine may be busy
const state = openState(folder, { patienceMs: 120_000 });
for (let n = 0; n < Number(count); n++) {
  if (n % 3 === 2) {
    state.transaction(() => {
      state.settings.set(`${name}/${n}`, 'x'.repeat(n * 40));
      state.settings.set(`${name}/${n}/twin`, 'x');
    });
  } else {
    state.settings.set(`${name}/${n}`, 'x');
  }
  say(`${name}/${n}`);
}
state.close();
