import type { EventPayload } from '../../contract/events.ts';
import { on, onRefusal } from '../bridge.ts';
import { isVaultProblem } from '../call-error.ts';
import { useAccounts, useBalances, useIdentities } from './accounts.ts';
import { useActivity } from './activity.ts';
import { forgetAsking, useKeys } from './keys.ts';
import { useProfiles } from './profiles.ts';
import { useSettings } from './settings.ts';
import { cancelSignIn, resetSignIn, stepped, useSignIn } from './sign-in.ts';
import { useStart } from './start.ts';
import { hearVerdict, noTests, useTests } from './tests.ts';
import { showToast } from './toasts.ts';
import { useVault } from './vault.ts';
import { firstView, goTo, openOverlay, useView } from './view.ts';

type Topic = EventPayload<'changed'>['topics'][number];

const readers: Record<Topic, (() => { reload: () => Promise<void> })[]> = {
  profiles: [useProfiles.getState],
  // a profile's row tells its key's scope and verdict
  keys: [useKeys.getState, useProfiles.getState],
  accounts: [useIdentities.getState, useAccounts.getState],
  activity: [useActivity.getState],
  settings: [useSettings.getState],
  exports: [],
  vault: [useVault.getState],
};

const everything = [useStart, useVault, useSettings, useProfiles, useKeys, useIdentities, useAccounts];

function rereadAll({ name }: { name: string }): void {
  // a sign-in belongs to the environment in which it began
  void cancelSignIn().catch(() => null);
  resetSignIn();
  useView.setState(firstView);
  useTests.setState(noTests);
  useBalances.setState({ balances: {} });
  forgetAsking();
  for (const store of [...everything, useActivity]) void store.getState().restart();
  showToast({ tone: 'good', text: name === 'fal' ? 'You are back at fal.' : `You are in the ${name}.` });
}

function obey({ command }: EventPayload<'command'>): void {
  if (command === 'palette') openOverlay({ kind: 'palette' });
  if (command === 'switcher') openOverlay({ kind: 'switcher' });
  if (command === 'new-key') openOverlay({ kind: 'create_key', accountId: null });
  if (command === 'sign-in') openOverlay({ kind: 'sign_in' });
  if (command === 'settings') goTo('settings');
}

/** Reads everything once and listens: from then on each store reads again what an event names. */
export function goLive(): () => void {
  for (const store of everything) void store.getState().reload();
  const endings = [
    on('changed', ({ topics }) => {
      for (const reload of new Set(topics.flatMap((topic) => readers[topic]))) void reload().reload();
    }),
    on('tested', hearVerdict),
    on('signIn', (step) => useSignIn.setState(({ signIn }) => ({ signIn: stepped(signIn, step) }))),
    on('environment', rereadAll),
    on('command', obey),
    // a vault that locks by itself tells nobody: the first call that needs it notices
    onRefusal((method, error) => {
      if (isVaultProblem(error) && !method.startsWith('vault.')) void useVault.getState().reload();
    }),
  ];
  return () => {
    for (const end of endings) end();
  };
}
