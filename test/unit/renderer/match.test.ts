import { describe, expect, it } from 'vitest';
import { bestMatches } from '../../../renderer/components/overlays/match.ts';

const names = ['Shell integration', 'Test staging', 'Sign out Ada', 'staging', 'web-staging', 'studio'];
const found = (query: string, items = names) => bestMatches(items, query, (name) => ({ name }), 9);

describe('a search', () => {
  it('puts a name before one that has it further on', () => {
    expect(found('staging')).toEqual(['staging', 'Test staging', 'web-staging']);
  });

  it('puts a word’s beginning before letters inside of words', () => {
    const actions = ['Switch to sandbox…', 'Switch to night-shift', 'Switch to staging', 'Switch to studio'];
    expect(found('switch st', actions).slice(0, 2).sort()).toEqual(['Switch to staging', 'Switch to studio']);
  });

  it('takes words in any order, and a letter that was left out', () => {
    expect(found('stag test')).toEqual(['Test staging']);
    expect(found('stdio')).toEqual(['studio']);
  });

  it('does not find a short word whose letters are just somewhere', () => {
    expect(found('sta')).not.toContain('Sign out Ada');
    expect(found('soa')).toEqual(['Sign out Ada']);
  });

  it('finds by other words too, but below names', () => {
    const items = [
      { name: 'Settings', also: 'theme dark' },
      { name: 'Dark theme', also: '' },
    ];
    expect(bestMatches(items, 'dark', (item) => item, 9).map(({ name }) => name)).toEqual([
      'Dark theme',
      'Settings',
    ]);
  });

  it('finds one of ten thousand long names', () => {
    const many = Array.from(
      { length: 10_000 },
      (_, index) => `p${index}-${'abcdefghij-klmnopqrst'.repeat(3)}`,
    );
    expect(found('p9999', many)[0]).toMatch(/^p9999-/);
  });
});
