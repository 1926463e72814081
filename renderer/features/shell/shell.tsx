import { type ReactNode, useEffect } from 'react';
import { FailedPage, LoadingPage } from '../../components/layout/empty.tsx';
import { Toasts } from '../../components/overlays/toasts.tsx';
import { useIdentities } from '../../stores/accounts.ts';
import { useKeys } from '../../stores/keys/keys.ts';
import { useProfiles } from '../../stores/profiles.ts';
import { useSettings } from '../../stores/settings.ts';
import { known, shown } from '../../stores/snapshots/resource.ts';
import { useStart } from '../../stores/window/start.ts';
import { type Screen, useView } from '../../stores/window/view.ts';
import { AccountsScreen } from '../accounts/accounts-screen.tsx';
import { useSignInOutcome } from '../accounts/sign-in-outcome.ts';
import { ActivityScreen } from '../activity/activity-screen.tsx';
import { DoctorScreen } from '../doctor/doctor-screen.tsx';
import { FirstRun } from '../first-run/first-run.tsx';
import { KeysScreen } from '../keys/keys-screen.tsx';
import { ProfilesScreen } from '../profiles/profiles-screen.tsx';
import { SettingsScreen } from '../settings/settings-screen.tsx';
import { WhichScreen } from '../which/which-screen.tsx';
import { Banners } from './banners.tsx';
import { Nav } from './nav/nav.tsx';
import { Overlays } from './overlays.tsx';
import styles from './shell.module.css';
import { useShortcuts } from './shortcuts.ts';
import { WholePage } from './whole-page.tsx';

const screens: Record<Screen, () => ReactNode> = {
  profiles: ProfilesScreen,
  keys: KeysScreen,
  accounts: AccountsScreen,
  activity: ActivityScreen,
  settings: SettingsScreen,
  which: WhichScreen,
  doctor: DoctorScreen,
};

export function AppShell() {
  useShortcuts();
  useTheme();
  useSignInOutcome();
  return (
    <>
      <Content />
      <Overlays />
      <section id="menus" aria-label="Menu" />
    </>
  );
}

function Content() {
  const { resource, reload } = useStart();
  const screen = useView((view) => view.screen);
  const first = useIsFirstRun();
  if (resource.state === 'failed') {
    return (
      <WholePage>
        <FailedPage problem={resource.problem} onRetry={() => void reload()} />
      </WholePage>
    );
  }
  if (resource.state === 'loading' || first === 'unknown') {
    return (
      <WholePage>
        <LoadingPage what="Varvel" />
      </WholePage>
    );
  }
  // other screens, such as Settings, can be opened during the first run
  if (first === 'yes' && screen === 'profiles') {
    return (
      <div className={styles.firstRun}>
        <Banners />
        <FirstRun />
        <Toasts />
      </div>
    );
  }
  const Shown = screens[screen];
  return (
    <div className={styles.shell}>
      <Nav />
      <div className={styles.main}>
        <Banners />
        <Shown key={screen} />
        <Toasts />
      </div>
    </div>
  );
}

/** Whether there is no identity, key or profile. A failed read doesn't count as empty. */
function useIsFirstRun(): 'yes' | 'no' | 'unknown' {
  const profiles = useProfiles(({ resource }) =>
    shown(resource) ? countOf('ready', shown(resource)?.profiles) : countOf(resource.state, null),
  );
  const keys = useKeys(({ resource }) => countOf(resource.state, known(resource)));
  const identities = useIdentities(({ resource }) => countOf(resource.state, known(resource)));
  const counts = [profiles, keys, identities];
  // one item is enough to know, without waiting for the other lists
  if (counts.some((count) => count === 'some')) return 'no';
  return counts.includes('loading') ? 'unknown' : 'yes';
}

function countOf(state: 'loading' | 'failed' | 'ready', rows: unknown[] | null | undefined) {
  if (state === 'loading') return 'loading' as const;
  return state === 'ready' && rows?.length === 0 ? ('none' as const) : ('some' as const);
}

function useTheme(): void {
  const chosen = useSettings(({ resource }) => known(resource)?.theme ?? null);
  const atStart = useStart(({ resource }) => known(resource)?.theme ?? null);
  const theme = chosen ?? atStart;
  useEffect(() => {
    // until it loads, keep what the face set before the first paint
    if (theme === null) return;
    if (theme === 'system') delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = theme;
  }, [theme]);
}
