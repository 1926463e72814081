import { expect, test } from 'vitest';
import type { Verdict } from '../../../core/model/fal/verdict.ts';
import type { ProfileView } from '../../../core/model/profile.ts';
import type { TrayItem } from '../../../main/tray/item.ts';
import { countUses, type TrayState, trayItems } from '../../../main/tray/model.ts';

const profile = (name: string, more: Partial<ProfileView> = {}): ProfileView => ({
  name,
  account: { id: 'a', nickname: 'ada' },
  keyId: `key-${name}`,
  host: null,
  color: 'brass',
  note: null,
  scope: 'API',
  verdict: null,
  ...more,
});

const state = (profiles: ProfileView[], more: Partial<TrayState> = {}): TrayState => ({
  current: null,
  profiles,
  uses: new Map(),
  before: null,
  shell: 'zsh',
  testing: false,
  environment: 'fal',
  rotations: [],
  due: [],
  temporary: [],
  balance: null,
  readsBalances: true,
  ...more,
});

const many = (count: number, accounts = 1): ProfileView[] =>
  Array.from({ length: count }, (_, index) =>
    profile(`p${String(index).padStart(5, '0')}`, {
      account: { id: `a${index % accounts}`, nickname: `account-${index % accounts}` },
    }),
  );

const labels = (items: TrayItem[]): string[] =>
  items.map((item) => (item.kind === 'separator' ? '—' : item.label));

/** Every profile in the menu with the labels on the way to it. */
function reachable(
  items: readonly TrayItem[],
  depth = 0,
): { name: string; depth: number; checked: boolean }[] {
  return items.flatMap((item) => {
    if (item.kind === 'menu') return reachable(item.items, depth + 1);
    return item.kind === 'profile' ? [{ name: item.name, depth, checked: item.checked }] : [];
  });
}

const longest = (items: readonly TrayItem[]): number =>
  Math.max(items.length, ...items.map((item) => (item.kind === 'menu' ? longest(item.items) : 0)));

test('without profiles it says so, opens and quits', () => {
  expect(labels(trayItems(state([])))).toEqual(['No profiles yet', '—', 'Open Varvel', 'Quit Varvel']);
});

test('the balance of the current profile’s account says when it was read', () => {
  const balance = { words: '$412.08', at: '14:05' };
  expect(labels(trayItems(state([profile('one')], { current: 'one', balance })))).toContain(
    'Balance $412.08 · 14:05',
  );
  const hidden = trayItems(state([profile('one')], { current: 'one', readsBalances: false }));
  expect(labels(hidden).join()).not.toContain('Balance');
  const without = profile('one', { account: null, keyId: null });
  expect(labels(trayItems(state([without], { current: 'one' }))).join()).not.toContain('Balance');
});

test('temporary keys that work are counted, with their ends, and can be ended', () => {
  const key = (id: string, held = false) => ({ id, name: id, account: 'ada', until: '14:05', held });
  const [, , menu] = trayItems(state([], { temporary: [key('train', true), key('demo')] }));
  expect(menu).toMatchObject({ kind: 'menu', label: '2 temporary keys' });
  const inside = menu?.kind === 'menu' ? menu.items : [];
  expect(labels(inside)).toEqual([
    'train (ada) · until it ends, 14:05 at the latest',
    'End train now…',
    'demo (ada) · until 14:05',
    'End demo now…',
  ]);
  expect(inside[3]).toMatchObject({ kind: 'end', id: 'demo' });
  const many = trayItems(state([], { temporary: Array.from({ length: 25 }, (_, n) => key(`k${n}`)) }));
  expect(longest(many)).toBeLessThan(30);
  expect(labels(many)).toContain('25 temporary keys');
});

test('the current profile stands on top with its colour and verdict, and what can be done with its key', () => {
  const verdict: Verdict = {
    kind: 'locked',
    scope: null,
    account: null,
    latencyMs: 10,
    message: 'Exhausted balance',
    testedAt: 0,
  };
  const items = trayItems(
    state([profile('one', { verdict, color: 'teal' }), profile('two')], { current: 'one' }),
  );
  expect(labels(items)).toEqual([
    'one',
    'ada · API · locked',
    'Balance not known',
    'Test key',
    'Copy key',
    'Copy export line for zsh',
    '—',
    'one (ada, locked)',
    'two (ada)',
    '—',
    'Use no profile',
    'Open Varvel',
    'Quit Varvel',
  ]);
  expect(items[0]).toMatchObject({ kind: 'text', color: 'teal' });
  expect(reachable(items).filter(({ checked }) => checked)).toMatchObject([{ name: 'one' }]);
});

test('a profile without a key can be neither tested nor copied, and a running test not started twice', () => {
  const enabled = (items: TrayItem[]) =>
    items.flatMap((item) => (item.kind === 'action' && item.enabled ? [item.action] : []));
  const bare = [profile('bare', { keyId: null, scope: null })];
  expect(enabled(trayItems(state(bare, { current: 'bare' })))).toEqual(['pause', 'open', 'quit']);
  expect(enabled(trayItems(state([profile('one')], { current: 'one', testing: true })))).not.toContain(
    'test',
  );
});

test('the profiles used most come first', () => {
  const uses = new Map([
    ['two', 9],
    ['three', 3],
  ]);
  const items = trayItems(state([profile('one'), profile('two'), profile('three')], { uses }));
  expect(reachable(items).map(({ name }) => name)).toEqual(['two', 'three', 'one']);
  expect(
    countUses([
      {
        at: 0,
        kind: 'switched',
        profile: 'two',
        identityId: null,
        account: null,
        keyId: null,
        detail: '',
        actor: null,
      },
      {
        at: 0,
        kind: 'switched',
        profile: null,
        identityId: null,
        account: null,
        keyId: null,
        detail: '',
        actor: null,
      },
      {
        at: 0,
        kind: 'key_tested',
        profile: 'one',
        identityId: null,
        account: null,
        keyId: null,
        detail: '',
        actor: null,
      },
    ]),
  ).toEqual(new Map([['two', 1]]));
});

test('fifteen profiles stand in the menu itself; of sixteen, one is in its account’s sub-menu', () => {
  expect(reachable(trayItems(state(many(15)))).every(({ depth }) => depth === 0)).toBe(true);
  const sixteen = reachable(trayItems(state(many(16))));
  expect(sixteen.filter(({ depth }) => depth === 0)).toHaveLength(15);
  expect(sixteen).toHaveLength(16);
  // the current one is always in the menu itself
  const current = reachable(trayItems(state(many(16), { current: 'p00015' })));
  expect(current.find(({ checked }) => checked)).toMatchObject({ name: 'p00015', depth: 0 });
});

test.each([1, 7, 10_000])(
  'of ten thousand profiles in %i accounts each is reached once, no menu longer than a screen',
  (accounts) => {
    const items = trayItems(state(many(10_000, accounts), { current: 'p09999' }));
    const all = reachable(items);
    expect(all).toHaveLength(10_000);
    expect(new Set(all.map(({ name }) => name)).size).toBe(10_000);
    expect(longest(items)).toBeLessThanOrEqual(60);
    expect(Math.max(...all.map(({ depth }) => depth))).toBeLessThanOrEqual(4);
  },
);

test('after a switch or a pause it offers to go back, as long as that profile is there', () => {
  expect(labels(trayItems(state([profile('one')], { before: 'one' })))).toContain('Switch back to one');
  expect(labels(trayItems(state([profile('two')], { before: 'one' })))).not.toContain('Switch back to one');
  const switched = state([profile('one'), profile('two')], { before: 'one', current: 'two' });
  expect(labels(trayItems(switched))).toContain('Switch back to one');
  expect(labels(trayItems({ ...switched, current: 'one' }))).not.toContain('Switch back to one');
});

test('a profile without a key says so before it is chosen', () => {
  expect(labels(trayItems(state([profile('bare', { keyId: null })])))).toContain('bare (ada, no key)');
});

test('a rotation is named in the menu, and one that stopped opens the window', () => {
  const rotations = [
    { name: 'bots', stopped: false },
    { name: 'deploys', stopped: true },
  ];
  const items = trayItems(state([profile('a')], { rotations }));
  expect(labels(items)).toEqual(
    expect.arrayContaining(['Rotating bots', 'The rotation of deploys stopped…']),
  );
  expect(items).toContainEqual({
    kind: 'action',
    action: 'open',
    label: 'The rotation of deploys stopped…',
    enabled: true,
  });
});
