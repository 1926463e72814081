import { describe, expect, it } from 'vitest';
import type { KeyView } from '../../../core/model/key-view.ts';
import { keyLocation, mergeRefreshed, mergeStored } from '../../../renderer/stores/keys/key-rows.ts';

const key = (id: string, change: Partial<KeyView> = {}): KeyView => ({
  id,
  alias: id,
  scope: 'API',
  account: { id: 'team-falconers', nickname: 'falconers' },
  createdAt: 1,
  stored: true,
  remote: null,
  profiles: [],
  verdict: null,
  expiresAt: null,
  rotateBy: { own: null, account: null, general: null, dueAt: null },
  ...change,
});

describe('where a key is', () => {
  it.each([
    [true, true, 'both'],
    [false, true, 'only_fal'],
    [true, false, 'only_here'],
    [true, null, 'unchecked'],
  ] as const)('stored %s, at fal %s: %s', (stored, remote, where) => {
    expect(keyLocation({ stored, remote })).toBe(where);
  });
});

describe('reading again what is stored here', () => {
  it('keeps what fal said of each key', () => {
    const before = [
      key('a', { remote: true }),
      key('b', { remote: false }),
      key('c', { stored: false, remote: true }),
    ];
    const { keys, needsRefresh } = mergeStored(before, [key('a'), key('b'), key('new')]);
    expect(keys.map(({ id, remote }) => [id, remote])).toEqual([
      ['a', true],
      ['b', false],
      ['c', true],
      ['new', null],
    ]);
    expect(needsRefresh).toBe(false);
  });

  it('doubts a key that has left the vault: forgotten here, or revoked', () => {
    const { keys, needsRefresh } = mergeStored([key('a', { remote: true, profiles: ['staging'] })], []);
    expect(keys).toEqual([key('a', { remote: true, stored: false })]);
    expect(needsRefresh).toBe(true);
  });

  it('drops a temporary key that has ended', () => {
    const before = [
      key('a', { stored: false, remote: true, expiresAt: 9 }),
      key('b', { remote: true, expiresAt: 9 }),
    ];
    expect(mergeStored(before, [])).toEqual({ keys: [], needsRefresh: false });
  });

  it('forgets a key that was only here', () => {
    expect(mergeStored([key('a', { remote: false }), key('b')], []).keys).toEqual([]);
  });
});

describe('asking fal', () => {
  it('keeps what was known of the accounts that could not be asked', () => {
    const before = [key('a', { remote: true }), key('gone', { stored: false, remote: true })];
    const asked = [key('a', { remote: false })];
    const keys = mergeRefreshed(before, asked, ['falconers']);
    expect(keys.map(({ id, remote }) => [id, remote])).toEqual([
      ['a', true],
      ['gone', true],
    ]);
  });

  it('believes fal of the accounts that answered', () => {
    const before = [key('a', { remote: true }), key('gone', { stored: false, remote: true })];
    expect(mergeRefreshed(before, [key('a', { remote: false })], [])).toEqual([key('a', { remote: false })]);
  });
});
