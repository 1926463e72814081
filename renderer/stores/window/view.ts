import { create } from 'zustand';
import type { ExportedFile } from '../../../core/exports/formats/exported-file.ts';
import type { BuiltInEnvironment } from '../../../core/model/fal-environment.ts';
import type { InStep } from '../../../core/model/falcli.ts';
import type { HookShell } from '../../../core/shells/shells.ts';

export const screens = ['profiles', 'keys', 'accounts', 'activity', 'settings'] as const;
export type Screen = (typeof screens)[number];

/** A file that an export goes to, and how: as it went there before. */
export type FileTarget = Pick<ExportedFile, 'path' | 'format' | 'variable'>;

/** What lies over the screens; one at a time. */
export type Overlay =
  | { kind: 'none' }
  | { kind: 'palette' }
  | { kind: 'switcher' }
  | { kind: 'shortcuts' }
  | { kind: 'sign_in' }
  | { kind: 'sign_out'; identityId: string }
  | { kind: 'new_profile'; keyId: string | null }
  | { kind: 'delete_profile'; name: string }
  | { kind: 'export'; name: string; target: FileTarget | null }
  | { kind: 'pin'; name: string }
  | { kind: 'create_key'; accountId: string | null }
  | { kind: 'add_key' }
  | { kind: 'generate'; keyId: string }
  | { kind: 'reveal'; keyId: string }
  | { kind: 'revoke'; keyId: string }
  | { kind: 'forget'; keyId: string }
  | { kind: 'environment'; name: BuiltInEnvironment }
  | { kind: 'hook'; shell: HookShell; add: boolean }
  | { kind: 'falcli_apply'; inStep: Exclude<InStep, 'off'> | null }
  | { kind: 'falcli_undo' }
  | { kind: 'falcli_import' }
  | { kind: 'backup' }
  | { kind: 'restore' };

/** A card of the settings that can be gone to by its name. */
export type SettingsPart = 'vault' | 'shells' | 'falcli' | 'which' | 'backup';

export interface View {
  screen: Screen;
  /** The profile or key whose pane is open. */
  profile: string | null;
  key: string | null;
  /** Only this account's keys are shown; null shows all. */
  keysOf: string | null;
  /** Which side of the activity is seen. */
  activity: 'log' | 'spend';
  /** The card of the settings that is to come into sight. */
  part: SettingsPart | null;
  overlay: Overlay;
}

export const firstView: View = {
  screen: 'profiles',
  profile: null,
  key: null,
  keysOf: null,
  activity: 'log',
  part: null,
  overlay: { kind: 'none' },
};

export const useView = create<View>(() => firstView);

/** To where one is already, it leads back to the list: what stands over or beside it is closed. */
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

/** A sign-in leads to its accounts, unless the person has begun something else meanwhile, which stays. */
export const afterSignIn = ({ overlay: { kind } }: View): Partial<View> =>
  kind === 'none' || kind === 'sign_in' ? { screen: 'accounts' } : {};

export const showActivity = (activity: View['activity']): void =>
  useView.setState({ screen: 'activity', activity, overlay: { kind: 'none' } });

/** Whether a dialog is open in which something may have been typed: no key and no menu sweeps it away. */
export const isDialogOpen = ({ overlay: { kind } }: View): boolean =>
  kind !== 'none' && kind !== 'palette' && kind !== 'switcher' && kind !== 'shortcuts';

export const openOverlay = (overlay: Overlay): void => useView.setState({ overlay });

export const closeOverlay = (): void => useView.setState({ overlay: { kind: 'none' } });
