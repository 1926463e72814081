import type { EventPayload } from '../../../contract/events.ts';
import type { WindowTopic } from '../../../core/model/topic.ts';
import { on, onRefusal } from '../../bridge.ts';
import { isVaultFailure } from '../../call-error.ts';
import { useAccounts, useBalances, useIdentities } from '../accounts.ts';
import { useActivity } from '../activity.ts';
import { useFalcli } from '../falcli.ts';
import { forgetAsking, useKeys } from '../keys.ts';
import { useProfiles } from '../profiles.ts';
import { useSettings } from '../settings.ts';
import { useShells } from '../shells.ts';
import { cancelSignIn, resetSignIn, stepped, useSignIn } from '../sign-in.ts';
import { forgetSpend } from '../spend.ts';
import { hearVerdict, noTests, useTests } from '../tests.ts';
import { useVault } from '../vault.ts';
import { lookAgain, useExportedFiles, usePinnedFolders } from '../where-used.ts';
import { useWhich } from '../which.ts';
import { useStart } from '../window/start.ts';
import { showToast } from '../window/toasts.ts';
import { firstView, goTo, isDialogOpen, openOverlay, useView } from '../window/view.ts';
import { known } from './resource.ts';

interface Reader {
  reload: () => Promise<void>;
}

const asItIs: Reader = { reload: async () => undefined };

const inSettings = (): boolean => useView.getState().screen === 'settings';

/** A long comparison, for which only the settings and the foot ask; the foot only while it is kept in step. */
const falcli = (): Reader => {
  const { resource, reload } = useFalcli.getState();
  return inSettings() || (known(resource)?.inStep ?? 'off') !== 'off' ? { reload } : asItIs;
};

const which = (): Reader => (inSettings() ? useWhich.getState() : asItIs);

const readers: Record<WindowTopic, (() => Reader)[]> = {
  // whether a file is stale depends on the key of its profile
  profiles: [useProfiles.getState, useExportedFiles.getState, usePinnedFolders.getState, falcli, which],
  // a profile's row tells its key's scope and verdict
  keys: [useKeys.getState, useProfiles.getState, which],
  // the start tells the method that was used last
  accounts: [useIdentities.getState, useAccounts.getState, useStart.getState],
  activity: [useActivity.getState],
  settings: [useSettings.getState, useFalcli.getState],
  exports: [useExportedFiles.getState, usePinnedFolders.getState],
  vault: [useVault.getState],
};

const everything = [useStart, useVault, useSettings, useProfiles, useKeys, useIdentities, useAccounts];

/** What stands in other programs' files. */
const beside = [useExportedFiles, usePinnedFolders, useShells, useFalcli];

/** Nothing tells of a change in other programs' files: they are looked at when a person comes back to the window. */
function lookBeside(): void {
  lookAgain();
  for (const reader of [useShells.getState(), falcli(), which()]) void reader.reload();
}

function rereadAll({ name }: { name: string }): void {
  // a sign-in belongs to the environment in which it began
  void cancelSignIn().catch(() => null);
  resetSignIn();
  useView.setState(firstView);
  useTests.setState(noTests);
  useBalances.setState({ balances: {} });
  forgetAsking();
  forgetSpend();
  for (const store of [...everything, ...beside, useActivity, useWhich]) void store.getState().restart();
  showToast({ tone: 'good', text: name === 'fal' ? 'You are back at fal.' : `You are in the ${name}.` });
}

function obey({ command }: EventPayload<'command'>): void {
  if (isDialogOpen(useView.getState())) return;
  if (command === 'palette') openOverlay({ kind: 'palette' });
  if (command === 'switcher') openOverlay({ kind: 'switcher' });
  if (command === 'new-key') openOverlay({ kind: 'create_key', accountId: null });
  if (command === 'sign-in') openOverlay({ kind: 'sign_in' });
  if (command === 'settings') goTo('settings');
}

/** Reads everything once and listens: from then on each store reads again what an event names. */
export function goLive(): () => void {
  const first = everything.map((store) => store.getState().reload());
  // what the first page shows comes before what stands beside it
  void Promise.all(first).then(() => beside.map((store) => store.getState().reload()));
  window.addEventListener('focus', lookBeside);
  const endings = [
    on('changed', ({ topics }) => {
      for (const reader of new Set(topics.flatMap((topic) => readers[topic]))) void reader().reload();
    }),
    on('tested', hearVerdict),
    on('signIn', (step) => useSignIn.setState(({ signIn }) => ({ signIn: stepped(signIn, step) }))),
    on('notice', showToast),
    on('environment', rereadAll),
    () => window.removeEventListener('focus', lookBeside),
    on('command', obey),
    // a vault that locks by itself tells nobody: the first call that needs it notices
    onRefusal((method, error) => {
      if (isVaultFailure(error) && !method.startsWith('vault.')) void useVault.getState().reload();
    }),
  ];
  return () => {
    for (const end of endings) end();
  };
}
