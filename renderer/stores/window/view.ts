import { create } from 'zustand';
import type { ExportedFile } from '../../../core/exports/formats/exported-file.ts';
import type { BudgetSubject } from '../../../core/model/fal/budget.ts';
import type { BuiltInEnvironment } from '../../../core/model/fal/fal-environment.ts';
import type { Scope } from '../../../core/model/fal/key.ts';
import type { InStep } from '../../../core/model/machine/falcli.ts';
import type { GithubTarget } from '../../../core/model/machine/github-secret.ts';
import type { HookShell } from '../../../core/shells/shells.ts';
import type { StartUpLine } from '../../../core/shells/shells-here.ts';

export const screens = ['profiles', 'keys', 'accounts', 'activity', 'settings', 'which', 'doctor'] as const;
export type Screen = (typeof screens)[number];

/** An earlier export to update: its file, format and variable. */
export type FileTarget = Pick<ExportedFile, 'path' | 'format' | 'variable'>;

/** The dialog or palette over the screens. One at a time. */
export type Overlay =
  | { kind: 'none' }
  | { kind: 'palette' }
  | { kind: 'switcher' }
  | { kind: 'shortcuts' }
  /** @param connection the method to offer first */
  | { kind: 'sign_in'; connection?: string }
  | { kind: 'sign_out'; identityId: string }
  | { kind: 'create_profile'; keyId: string | null; name?: string }
  | { kind: 'switch_anyway'; name: string }
  | { kind: 'delete_profiles'; names: readonly string[] }
  | { kind: 'export'; name: string; target: FileTarget | null }
  | { kind: 'export_several'; names: readonly string[] }
  | { kind: 'undo_export'; file: ExportedFile }
  | { kind: 'remove_secret'; target: GithubTarget }
  | { kind: 'pin'; name: string }
  | { kind: 'snippet'; name: string }
  /** For a profile the new key becomes its own. */
  | { kind: 'create_key'; accountId: string | null; profile?: string | undefined; scope?: Scope }
  | { kind: 'add_key'; from?: StartUpLine; back?: Overlay }
  | { kind: 'reconcile' }
  | { kind: 'generate'; keyId: string }
  | { kind: 'reveal'; keyId: string }
  /** Begins a rotation, or shows the one that goes on. */
  | { kind: 'rotate'; keyId: string }
  /** For one key, or for all with null. */
  | { kind: 'find_copies'; keyId: string | null }
  /** Why fal refuses a key. */
  | { kind: 'diagnose'; keyId: string; profile?: string | undefined }
  | { kind: 'revoke'; keyId: string }
  | { kind: 'end_key'; keyId: string }
  /** @param back what to show again once it is closed */
  | { kind: 'revoke_keys'; ids: readonly string[]; back?: Overlay }
  | { kind: 'rename_key'; keyId: string }
  | { kind: 'forget'; keyId: string }
  | { kind: 'forget_keys'; ids: readonly string[]; back?: Overlay }
  | { kind: 'environment'; name: BuiltInEnvironment }
  | { kind: 'hook'; shell: HookShell; add: boolean }
  | { kind: 'falcli_apply'; inStep: Exclude<InStep, 'off'> | null }
  | { kind: 'falcli_undo' }
  | { kind: 'falcli_import' }
  | { kind: 'budget'; subject: BudgetSubject }
  | { kind: 'change_passphrase' }
  | { kind: 'backup' }
  | { kind: 'whats_new' }
  | { kind: 'restore' };

/** The cards in Settings, from top to bottom. */
export const settingsParts = [
  'vault',
  'shells',
  'falcli',
  'appearance',
  'clipboard',
  'activity',
  'reminders',
  'money',
  'startup',
  'backup',
  'environment',
  'updates',
  'about',
] as const;
export type SettingsPart = (typeof settingsParts)[number];

export type ProfileShow = 'all' | 'starred' | 'failing' | 'ADMIN' | 'no_key' | 'unused';

/** How the list of profiles is filtered, sorted and grouped. */
export interface ProfileArrangement {
  show: ProfileShow;
  sort: 'name' | 'recent' | 'failing';
  /** By account. */
  grouped: boolean;
}

/** How the list of keys is filtered and sorted. */
export interface KeyArrangement {
  show: 'all' | 'failing' | 'ADMIN' | 'unused' | 'due' | 'temporary';
  sort: 'account' | 'name' | 'newest' | 'failing' | 'due';
}

export interface View {
  screen: Screen;
  /** The profile or key whose pane is open. */
  profile: string | null;
  key: string | null;
  /** Shows this account's keys only. Null shows all. */
  keysOf: string | null;
  profiles: ProfileArrangement;
  keys: KeyArrangement;
  /** The open tab of Activity. */
  activity: 'log' | 'spend';
  /** The card in Settings to scroll to. */
  part: SettingsPart | null;
  overlay: Overlay;
}

export const initialView: View = {
  screen: 'profiles',
  profile: null,
  key: null,
  keysOf: null,
  profiles: { show: 'all', sort: 'name', grouped: false },
  keys: { show: 'all', sort: 'account' },
  activity: 'log',
  part: null,
  overlay: { kind: 'none' },
};

export const useView = create<View>(() => initialView);

/** Opens a screen and closes overlays. On the current screen, also closes the pane. */
export const goTo = (screen: Screen): void =>
  useView.setState((view) => ({
    screen,
    overlay: { kind: 'none' },
    ...(view.screen === screen && { profile: null, key: null }),
  }));

export const goToSettings = (part: SettingsPart): void =>
  useView.setState({ screen: 'settings', part, overlay: { kind: 'none' } });

export const openProfile = (name: string | null): void =>
  useView.setState({ screen: 'profiles', profile: name, overlay: { kind: 'none' } });

export const openKey = (id: string | null): void =>
  useView.setState({ screen: 'keys', key: id, overlay: { kind: 'none' } });

export const showKeysOf = (accountId: string | null): void =>
  useView.setState({ screen: 'keys', keysOf: accountId, key: null, overlay: { kind: 'none' } });

/** Shows Accounts after a sign-in, unless a dialog is open. */
export const afterSignIn = ({ overlay: { kind } }: View): Partial<View> =>
  kind === 'none' || kind === 'sign_in' ? { screen: 'accounts' } : {};

export const showActivity = (activity: View['activity']): void =>
  useView.setState({ screen: 'activity', activity, overlay: { kind: 'none' } });

/** Whether a dialog with possible input is open. No shortcut and no menu closes it. */
export const isDialogOpen = ({ overlay: { kind } }: View): boolean =>
  kind !== 'none' && kind !== 'palette' && kind !== 'switcher' && kind !== 'shortcuts';

export const arrangeProfileList = (change: Partial<ProfileArrangement>): void =>
  useView.setState(({ profiles }) => ({ profiles: { ...profiles, ...change } }));

export const arrangeKeyList = (change: Partial<KeyArrangement>): void =>
  useView.setState(({ keys }) => ({ keys: { ...keys, ...change } }));

export const openOverlay = (overlay: Overlay): void => useView.setState({ overlay });

/** Opens the sign-in with a method on top; null is the one used last. */
export const openSignIn = (connection: string | null): void =>
  openOverlay({ kind: 'sign_in', ...(connection !== null && { connection }) });

export const closeOverlay = (): void =>
  useView.setState(({ overlay }) => ({
    overlay: ('back' in overlay && overlay.back) || { kind: 'none' },
  }));
