/** Opens the state, does what its second argument names, and says how it went. */
import { openState } from '../../../../platform/state/open-state.ts';
import { say, sayFailure, told } from './say.ts';

const [folder = '', task = 'read', ...rest] = process.argv.slice(2);
if (task === 'read-when-told') {
  say('ready');
  await told();
}
await sayFailure(() => {
  const state = openState(folder);
  if (task === 'write') state.settings.set(rest[0] ?? 'name', rest[1] ?? 'value');
  if (task === 'log') {
    const nothing = { identityId: null, account: null, keyId: null, profile: null };
    state.activity.add({ at: 1, kind: 'ran', ...nothing, detail: rest[0] ?? '' });
  }
  if (task === 'fill') {
    for (let n = 0; ; n++) {
      state.settings.set(`fill/${n}`, 'x'.repeat(10_000));
      say(`fill/${n}`);
    }
  }
  say(`read ${state.settings.get('name')} ${state.profiles.names().length}`);
  state.close();
});
