/** Opens the state with the migrations of a later version. */

import { openState } from '../../../../platform/state/open-state.ts';
import { migrations } from '../../../../platform/state/schema.ts';
import { say, sayFailure, told } from './say.ts';

const [folder = '', step = ''] = process.argv.slice(2);
say('ready');
await told();
await sayFailure(() => {
  const state = openState(folder, { steps: [...migrations, step] });
  say(`migrated ${state.settings.get('name')}`);
  state.close();
});
