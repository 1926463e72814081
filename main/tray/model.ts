import type { ActivityEntry } from '../../core/model/activity.ts';
import type { AliveKey } from '../../core/model/fal/temporary-key.ts';
import type { Verdict } from '../../core/model/fal/verdict.ts';
import { verdictWord } from '../../core/model/fal/verdict.ts';
import type { ProfileView } from '../../core/model/profile.ts';
import { groupItems } from './groups.ts';
import type { TrayAction, TrayItem } from './item.ts';

export interface TemporaryLine extends Pick<AliveKey, 'id' | 'name' | 'held'> {
  account: string;
  until: string;
}

export interface TrayState {
  current: string | null;
  profiles: readonly ProfileView[];
  /** How often each profile was switched to recently. */
  uses: ReadonlyMap<string, number>;
  /** The profile that was current before. */
  before: string | null;
  /** The shell that the copied export line is for. */
  shell: string;
  /** Whether a test is running. */
  testing: boolean;
  environment: string;
  /** The keys that are being rotated, and whether one can't go on. */
  rotations: readonly { name: string; stopped: boolean }[];
  /** The keys that are due for rotation. */
  due: readonly string[];
  /** The temporary keys that work now, and when they end. */
  temporary: readonly TemporaryLine[];
  /** The balance of the current profile's account, and when it was read; null when it isn't known. */
  balance: { words: string; at: string } | null;
  /** Whether balances are read without being asked for. */
  readsBalances: boolean;
}

/** How many profiles the menu itself lists. The rest are in a sub-menu per account. */
const maxProfiles = 15;

/** How many rotations it lists. */
const maxRotations = 3;

/** How many temporary keys it lists. */
const maxTemporary = 10;

export const verdictText = (verdict: Verdict | null): string =>
  verdict ? verdictWord(verdict.kind) : 'not tested';

const isProblem = (verdict: Verdict | null): verdict is Verdict =>
  verdict !== null && verdict.kind !== 'valid';

/** The tray menu, from top to bottom. */
export function trayItems(state: TrayState): TrayItem[] {
  const current = state.profiles.find(({ name }) => name === state.current) ?? null;
  return [
    ...head(state, current),
    ...newsItems(state),
    ...(state.profiles.length > 0 ? [separator, ...profileItems(state)] : []),
    separator,
    ...pauseItems(state, current),
    action('open', 'Open Varvel'),
    action('quit', 'Quit Varvel'),
  ];
}

const separator: TrayItem = { kind: 'separator' };

const action = (name: TrayAction, label: string, enabled = true): TrayItem => ({
  kind: 'action',
  action: name,
  label,
  enabled,
});

const text = (label: string, color: string | null = null): TrayItem => ({ kind: 'text', label, color });

function head(
  { environment, shell, testing, profiles, balance, readsBalances }: TrayState,
  current: ProfileView | null,
): TrayItem[] {
  const where = environment === 'fal' ? [] : [text(`Environment: ${environment}`)];
  if (!current) return [...where, text(profiles.length > 0 ? 'No current profile' : 'No profiles yet')];
  const about = [current.account?.nickname, current.scope, verdictText(current.verdict)];
  const hasKey = current.keyId !== null;
  return [
    ...where,
    text(current.name, current.color),
    text(hasKey ? about.filter(Boolean).join(' · ') : 'No key'),
    ...(current.account && (balance || readsBalances)
      ? [text(balance ? `Balance ${balance.words} · ${balance.at}` : 'Balance not known')]
      : []),
    action('test', testing ? 'Testing key…' : 'Test key', hasKey && !testing),
    action('copy', 'Copy key', hasKey),
    action('copy-export', `Copy export line for ${shell}`, hasKey),
  ];
}

/** What goes on with keys. */
function newsItems(state: TrayState): TrayItem[] {
  const items = [...rotationItems(state), ...dueItems(state), ...temporaryItems(state)];
  return items.length === 0 ? [] : [separator, ...items];
}

/** A rotation that stopped can be opened; others only say that they go on. */
const rotationItems = ({ rotations }: TrayState): TrayItem[] =>
  rotations
    .slice(0, maxRotations)
    .map(({ name, stopped }) =>
      stopped ? action('open', `The rotation of ${name} stopped…`) : text(`Rotating ${name}`),
    );

function dueItems({ due }: TrayState): TrayItem[] {
  const [only, ...more] = due;
  if (only === undefined) return [];
  return [action('open', `Rotate ${more.length === 0 ? only : `${due.length} keys`}: overdue…`)];
}

/** How many temporary keys work now; for each, until when, and how to end it. */
function temporaryItems({ temporary }: TrayState): TrayItem[] {
  if (temporary.length === 0) return [];
  const lines = temporary
    .slice(0, maxTemporary)
    .flatMap(({ id, name, account, until, held }): TrayItem[] => [
      text(`${name} (${account}) · ${held ? `until it ends, ${until} at the latest` : `until ${until}`}`),
      { kind: 'end', id, name, label: `End ${name} now…` },
    ]);
  const more = temporary.length - maxTemporary;
  return [
    {
      kind: 'menu',
      label: temporary.length === 1 ? '1 temporary key' : `${temporary.length} temporary keys`,
      items: more > 0 ? [...lines, separator, action('open', `${more} more…`)] : lines,
    },
  ];
}

function profileItems({ profiles, uses, current }: TrayState): TrayItem[] {
  const byUse = profiles.toSorted(
    (a, b) => (uses.get(b.name) ?? 0) - (uses.get(a.name) ?? 0) || compare(a.name, b.name),
  );
  const item = (profile: ProfileView): TrayItem => profileItem(profile, profile.name === current);
  if (byUse.length <= maxProfiles) return byUse.map(item);
  const top = byUse.slice(0, maxProfiles);
  const one = byUse.find(({ name }) => name === current);
  if (one && !top.includes(one)) top.splice(maxProfiles - 1, 1, one);
  const shown = new Set(top);
  return [
    ...top.map(item),
    separator,
    ...menusByAccount(
      byUse.filter((profile) => !shown.has(profile)),
      item,
    ),
  ];
}

function profileItem({ name, account, keyId, color, verdict }: ProfileView, checked: boolean): TrayItem {
  const problem = keyId === null ? 'no key' : isProblem(verdict) ? verdictText(verdict) : null;
  const about = [account?.nickname, problem].filter(Boolean);
  const label = about.length > 0 ? `${name} (${about.join(', ')})` : name;
  return { kind: 'profile', name, label, color, checked };
}

function menusByAccount(
  profiles: readonly ProfileView[],
  item: (profile: ProfileView) => TrayItem,
): TrayItem[] {
  const accounts = Map.groupBy(profiles, ({ account }) => account?.nickname ?? 'No account');
  const menus = [...accounts]
    .toSorted(([a], [b]) => compare(a, b))
    .map(([label, members]): { name: string; item: TrayItem } => ({
      name: label,
      item: {
        kind: 'menu',
        label: `${label} (${members.length})`,
        items: groupItems(
          members
            .toSorted((a, b) => compare(a.name, b.name))
            .map((profile) => ({ name: profile.name, item: item(profile) })),
        ),
      },
    }));
  return groupItems(menus);
}

function pauseItems({ before, profiles }: TrayState, current: ProfileView | null): TrayItem[] {
  const isThere = before !== current?.name && profiles.some(({ name }) => name === before);
  return [
    ...(isThere ? [action('resume', `Switch back to ${before}`)] : []),
    ...(current ? [action('pause', 'Use no profile')] : []),
  ];
}

/** Counts how often each profile was switched to. */
export function countUses(log: readonly ActivityEntry[]): Map<string, number> {
  const uses = new Map<string, number>();
  for (const { kind, profile } of log) {
    if (kind === 'switched' && profile !== null) uses.set(profile, (uses.get(profile) ?? 0) + 1);
  }
  return uses;
}

const { compare } = new Intl.Collator('en', { numeric: true });
