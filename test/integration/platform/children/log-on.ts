/** Adds lines to the log, every second one with a change, and checks the log after each: FOLDER COUNT */
import { openState } from '../../../../platform/state/open-state.ts';
import { say, told } from './say.ts';

const [folder = '', count = ''] = process.argv.slice(2);
say('ready');
await told();
const state = openState(folder);
const nothing = { identityId: null, account: null, keyId: null, profile: null };
for (let n = 0; n < Number(count); n += 1) {
  const add = () => state.activity.add({ at: n, kind: 'ran', ...nothing, detail: `${process.pid}` });
  if (n % 2) add();
  else state.transaction(add);
  const { changed, removed } = state.activity.check();
  if (changed + removed > 0) throw new Error(`changed ${changed}, removed ${removed}`);
}
state.close();
