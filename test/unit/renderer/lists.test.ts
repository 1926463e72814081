import { describe, expect, it } from 'vitest';
import { toHint } from '../../../core/model/hint.ts';
import type { ProfileView } from '../../../core/model/profile.ts';
import { bestMatches } from '../../../renderer/components/overlays/match.ts';
import { activityLines } from '../../../renderer/features/activity/lines.ts';
import { suggestProfileName } from '../../../renderer/features/profiles/dialogs/suggest-profile-name.ts';
import { filterProfiles, searchableProfile } from '../../../renderer/features/profiles/filter.ts';
import { shortcutOf } from '../../../renderer/features/shell/shortcuts.ts';
import { withToast } from '../../../renderer/stores/window/toasts.ts';

const profile = (name: string, note: string | null = null, nickname = 'falconers'): ProfileView => ({
  name,
  account: { id: nickname, nickname },
  keyId: null,
  host: null,
  color: 'brass',
  note,
  scope: 'API',
  verdict: null,
});

const names = (profiles: readonly ProfileView[]): string[] => profiles.map(({ name }) => name);
const all = [profile('web-staging'), profile('staging'), profile('production', 'not Staging', 'mews')];

describe('the filter', () => {
  it('finds every word, in any field, whatever its case', () => {
    expect(names(filterProfiles(all, 'STAG'))).toEqual(['web-staging', 'staging', 'production']);
    expect(names(filterProfiles(all, 'stag mews'))).toEqual(['production']);
    expect(filterProfiles(all, '  ')).toBe(all);
  });

  it('takes what was typed as text, not as a pattern', () => {
    expect(filterProfiles(all, '.*')).toEqual([]);
  });

  it('in the switcher puts the name that was meant first', () => {
    expect(names(bestMatches(all, 'staging', searchableProfile, 2))).toEqual(['staging', 'web-staging']);
  });
});

it('an alias becomes a name that a profile can have', () => {
  expect(suggestProfileName('render farm (new)')).toBe('render-farm-new');
  expect(suggestProfileName('__x')).toBe('x');
  expect(suggestProfileName('日本')).toBe('');
  expect(suggestProfileName(null)).toBe('');
});

it('the log has a heading for each day', () => {
  const entry = (at: number) => ({
    at,
    kind: 'switched' as const,
    identityId: null,
    account: null,
    keyId: null,
    profile: 'a',
    detail: '',
    actor: null,
  });
  const now = Date.UTC(2026, 9, 12, 12);
  const kinds = activityLines([entry(now), entry(now - 1000), entry(now - 86_400_000)], now).map(
    ({ kind }) => kind,
  );
  expect(kinds).toEqual(['day', 'entry', 'entry', 'day', 'entry']);
});

it('at most three messages stand at once, the newest last', () => {
  const toast = (id: number) => ({ id, tone: 'plain', text: '', hint: toHint(''), action: null }) as const;
  expect(withToast([toast(1), toast(2), toast(3)], toast(4)).map(({ id }) => id)).toEqual([2, 3, 4]);
});

describe('a key on the keyboard', () => {
  const press = (
    key: string,
    held: Partial<Record<'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey', boolean>> = {},
  ) => shortcutOf({ key, ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, ...held });

  it('with Ctrl or ⌘ opens the palette and the switcher', () => {
    expect(press('k', { ctrlKey: true })).toEqual({ kind: 'palette' });
    expect(press('p', { metaKey: true })).toEqual({ kind: 'switcher' });
    expect(press('2', { ctrlKey: true })).toEqual({ kind: 'screen', screen: 'keys' });
  });

  it('leaves alone what is the browser’s or the system’s', () => {
    expect(press('k')).toBeNull();
    expect(press('p', { ctrlKey: true, shiftKey: true })).toBeNull();
    expect(press('6', { ctrlKey: true })).toBeNull();
    expect(press('/', { altKey: true })).toBeNull();
  });
});
