/** Begins an intent and lives on until it is killed. */
import { openState } from '../../../../platform/state/open-state.ts';
import { say, told } from './say.ts';

const state = openState(process.argv[2] ?? '');
state.intents.begin({ kind: 'forget_key', keyId: process.argv[3] ?? '' });
say('begun');
await told();
