import type { EventPayload } from '../../../contract/events.ts';
import type { WindowTopic } from '../../../core/model/topic.ts';
import { on, onCallFailed, onCallSucceeded } from '../../bridge.ts';
import { isVaultFailure } from '../../call-error.ts';
import { useAccounts, useBalances, useIdentities, useRotatePolicies } from '../accounts.ts';
import { useActivity } from '../activity.ts';
import { asksFal, falAnswered } from '../fal-answered.ts';
import { useFalcli } from '../falcli.ts';
import { resetKeysRefresh, useKeys } from '../keys/keys.ts';
import { useLockWatches } from '../keys/lock-watches.ts';
import { useRotations } from '../keys/rotations.ts';
import { initialTests, receiveVerdict, useTests } from '../keys/tests.ts';
import { useBudgets, useKnownBalances } from '../money/money.ts';
import { resetSpend } from '../money/spend.ts';
import { useProfiles } from '../profiles.ts';
import { receiveSearchProgress } from '../search.ts';
import { useSettings } from '../settings.ts';
import { useShells } from '../shells.ts';
import { cancelSignIn, resetSignIn, useSignIn, withSignInStep } from '../sign-in.ts';
import { useUpdates } from '../updates.ts';
import { useVault } from '../vault.ts';
import { refreshPlaces, useExportedFiles, useGithubSecrets, usePinnedFolders } from '../where-used.ts';
import { useWhich } from '../which.ts';
import { useStart } from '../window/start.ts';
import { dropActions, showToast } from '../window/toasts.ts';
import { goTo, initialView, isDialogOpen, openOverlay, type Screen, useView } from '../window/view.ts';
import { known } from './resource.ts';

interface Reader {
  reload: () => Promise<void>;
}

const noReader: Reader = { reload: async () => undefined };

const isOpen = (screen: Screen): boolean => useView.getState().screen === screen;

/** A slow comparison, needed only in Settings and, while sync is on, in the sidebar. */
const falcli = (): Reader => {
  const { resource, reload } = useFalcli.getState();
  return isOpen('settings') || (known(resource)?.inStep ?? 'off') !== 'off' ? { reload } : noReader;
};

const which = (): Reader => (isOpen('which') ? useWhich.getState() : noReader);

const readers: Record<WindowTopic, (() => Reader)[]> = {
  // a file is outdated when its profile's key has changed
  profiles: [
    useProfiles.getState,
    useExportedFiles.getState,
    useGithubSecrets.getState,
    usePinnedFolders.getState,
    falcli,
    which,
  ],
  // a profile's row shows its key's scope and test result
  keys: [
    useKeys.getState,
    useProfiles.getState,
    useRotations.getState,
    useRotatePolicies.getState,
    useLockWatches.getState,
    which,
  ],
  // the start has the last sign-in method
  accounts: [useIdentities.getState, useAccounts.getState, useStart.getState],
  activity: [useActivity.getState],
  // the rule for all keys says which are due
  settings: [useSettings.getState, useFalcli.getState, useKeys.getState],
  exports: [useExportedFiles.getState, useGithubSecrets.getState, usePinnedFolders.getState],
  money: [useKnownBalances.getState, useBudgets.getState],
  vault: [useVault.getState],
};

const everything = [
  useStart,
  useVault,
  useSettings,
  useUpdates,
  useProfiles,
  useKeys,
  useRotations,
  useLockWatches,
  useKnownBalances,
  useBudgets,
  useIdentities,
  useAccounts,
  useRotatePolicies,
];

/** Stores that read other programs' files. */
const externalStores = [useExportedFiles, useGithubSecrets, usePinnedFolders, useShells, useFalcli];

/** Other programs' files change without an event, so they are read again when the window gets the focus. */
function refreshExternal(): void {
  refreshPlaces();
  for (const reader of [useShells.getState(), falcli(), which()]) void reader.reload();
}

/** Starts over in another environment. */
function restartAll({ name }: { name: string }): void {
  // a sign-in belongs to its environment, and so does an undo
  dropActions();
  void cancelSignIn().catch(() => null);
  resetSignIn();
  useView.setState(initialView);
  useTests.setState(initialTests);
  useBalances.setState({ balances: {} });
  resetKeysRefresh();
  resetSpend();
  for (const store of [...everything, ...externalStores, useActivity, useWhich])
    void store.getState().restart();
  showToast({ tone: 'good', text: `Switched to ${name === 'sandbox' ? 'the sandbox' : name}.` });
}

function runCommand({ command }: EventPayload<'command'>): void {
  if (isDialogOpen(useView.getState())) return;
  if (command === 'palette') openOverlay({ kind: 'palette' });
  if (command === 'switcher') openOverlay({ kind: 'switcher' });
  if (command === 'new-key') openOverlay({ kind: 'create_key', accountId: null });
  if (command === 'sign-in') openOverlay({ kind: 'sign_in' });
  if (command === 'settings') goTo('settings');
}

/** Reads everything once, then reads each store again when an event names its topic. */
export function connectStores(): () => void {
  const first = everything.map((store) => store.getState().reload());
  // the first page comes before other programs' files
  void Promise.all(first).then(() => externalStores.map((store) => store.getState().reload()));
  window.addEventListener('focus', refreshExternal);
  const unsubscribe = [
    on('changed', ({ topics }) => {
      for (const reader of new Set(topics.flatMap((topic) => readers[topic]))) void reader().reload();
    }),
    on('tested', (tested) => {
      receiveVerdict(tested);
      if (tested.verdict.kind !== 'unreachable') falAnswered();
    }),
    on('signIn', (step) => useSignIn.setState(({ signIn }) => ({ signIn: withSignInStep(signIn, step) }))),
    on('searching', receiveSearchProgress),
    on('notice', showToast),
    on('alert', ({ title, text }) => showToast({ text: `${title}. ${text}` })),
    on('clipboardCleared', () => showToast({ text: 'Cleared the key from the clipboard.' })),
    on('updates', (updates) => useUpdates.getState().put(() => updates)),
    on('environment', restartAll),
    () => window.removeEventListener('focus', refreshExternal),
    on('command', runCommand),
    onCallSucceeded((method) => {
      if (asksFal(method)) falAnswered();
    }),
    // a vault that locks itself sends no event; the next call that needs it fails
    onCallFailed((method, error) => {
      if (isVaultFailure(error) && !method.startsWith('vault.')) void useVault.getState().reload();
    }),
  ];
  return () => {
    for (const end of unsubscribe) end();
  };
}
