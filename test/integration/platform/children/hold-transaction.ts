/** Stays in the middle of a write transaction until it is killed. */
import { openState } from '../../../../platform/state/open-state.ts';
import { say } from './say.ts';

const state = openState(process.argv[2] ?? '');
state.transaction(() => {
  state.settings.set('theirs', 'half');
  say('writing');
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
});
