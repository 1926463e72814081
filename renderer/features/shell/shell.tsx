import { type ReactNode, useEffect } from 'react';
import { FailedPage, LoadingPage } from '../../components/layout/empty.tsx';
import { Toasts } from '../../components/overlays/toasts.tsx';
import { useIdentities } from '../../stores/accounts.ts';
import { useKeys } from '../../stores/keys.ts';
import { useProfiles } from '../../stores/profiles.ts';
import { useSettings } from '../../stores/settings.ts';
import { known, shown } from '../../stores/snapshots/resource.ts';
import { useStart } from '../../stores/window/start.ts';
import { type Screen, useView } from '../../stores/window/view.ts';
import { AccountsScreen } from '../accounts/accounts-screen.tsx';
import { useSignInOutcome } from '../accounts/sign-in-outcome.ts';
import { ActivityScreen } from '../activity/activity-screen.tsx';
import { FirstRun } from '../first-run/first-run.tsx';
import { KeysScreen } from '../keys/keys-screen.tsx';
import { ProfilesScreen } from '../profiles/profiles-screen.tsx';
import { SettingsScreen } from '../settings/settings-screen.tsx';
import { Banners } from './banners.tsx';
import { Nav } from './nav.tsx';
import { Overlays } from './overlays.tsx';
import { useShortcuts } from './shortcuts.ts';
import './shell.css';

const screens: Record<Screen, () => ReactNode> = {
  profiles: ProfilesScreen,
  keys: KeysScreen,
  accounts: AccountsScreen,
  activity: ActivityScreen,
  settings: SettingsScreen,
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
      <Toasts />
    </>
  );
}

function Content() {
  const { resource, reload } = useStart();
  const screen = useView((view) => view.screen);
  const first = useIsFirstRun();
  if (resource.state === 'failed') {
    return (
      <main className="whole" aria-label="Varvel">
        <h1 className="unseen">Varvel</h1>
        <FailedPage problem={resource.problem} onAgain={() => void reload()} />
      </main>
    );
  }
  if (resource.state === 'loading' || first === 'not_known') {
    return (
      <main className="whole" aria-label="Varvel">
        <h1 className="unseen">Varvel</h1>
        <LoadingPage what="what is here" />
      </main>
    );
  }
  // the other screens, Settings among them, can be asked for before there is anything
  if (first === 'yes' && screen === 'profiles') {
    return (
      <div className="whole first-run-scroll">
        <Banners />
        <FirstRun />
      </div>
    );
  }
  const Shown = screens[screen];
  return (
    <div className="shell">
      <Nav />
      <div className="shell-main">
        <Banners />
        <Shown key={screen} />
      </div>
    </div>
  );
}

/** Nobody, no key, no profile. What can't be read is no sign of a first run. */
function useIsFirstRun(): 'yes' | 'no' | 'not_known' {
  const profiles = useProfiles(({ resource }) =>
    shown(resource) ? countOf('ready', shown(resource)?.profiles) : countOf(resource.state, null),
  );
  const keys = useKeys(({ resource }) => countOf(resource.state, known(resource)));
  const identities = useIdentities(({ resource }) => countOf(resource.state, known(resource)));
  const counts = [profiles, keys, identities];
  // one that is there settles it: a long list need not wait for the others
  if (counts.some((count) => count === 'some')) return 'no';
  return counts.includes('loading') ? 'not_known' : 'yes';
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
    // until it is known, what the face has set before the first paint stays
    if (theme === null) return;
    if (theme === 'system') delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = theme;
  }, [theme]);
}
