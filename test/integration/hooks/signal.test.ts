import { mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openState } from '../../../platform/state/open-state.ts';
import { temporaryFolder } from '../platform/temporary-folder.ts';

const profile = (name: string) => ({
  name,
  account: null,
  keyId: null,
  host: null,
  color: 'brass',
  note: null,
});

function opened() {
  const folder = temporaryFolder();
  const state = openState(folder.path);
  const file = join(folder.path, 'current');
  return {
    state,
    file,
    said: () => readFileSync(file, 'utf8'),
    [Symbol.dispose]: () => {
      state.close();
      folder[Symbol.dispose]();
    },
  };
}

test('each change of a profile, or of which is current, tells open shells something new', () => {
  using home = opened();
  const { profiles } = home.state;
  const said = new Set<string>();
  const steps = [
    () => profiles.put(profile('one')),
    () => profiles.setCurrent('one'),
    () => profiles.put({ ...profile('one'), keyId: 'k' }),
    () => profiles.rename('one', 'two'),
    () => home.state.transaction(() => profiles.put(profile('three'))),
    () => profiles.setCurrent(null),
    () => profiles.setCurrent('two'),
    () => profiles.remove('two'),
  ];
  for (const step of steps) {
    step();
    said.add(home.said());
  }
  expect(said.size).toBe(steps.length);
  expect([...said][3]).toMatch(/^\d+ two\n$/);
  expect(statSync(home.file).mode & 0o777).toBe(0o600);
});

test('nothing is told before a change can be seen by others, nor one that was undone', () => {
  using home = opened();
  home.state.profiles.put(profile('one'));
  const before = home.said();
  home.state.transaction(() => {
    home.state.profiles.setCurrent('one');
    expect(home.said()).toBe(before);
  });
  const after = home.said();
  expect(after).not.toBe(before);
  const failing = () =>
    home.state.transaction(() => {
      home.state.profiles.setCurrent(null);
      throw new Error('no');
    });
  expect(failing).toThrow('no');
  expect(home.said()).toBe(after);
});

test('what a killed process did not tell is told when somebody looks; a file that can’t be written is no failure', () => {
  using home = opened();
  home.state.profiles.put(profile('one'));
  const told = home.said();
  for (const damage of [() => rmSync(home.file), () => writeFileSync(home.file, '0 old\n')]) {
    damage();
    home.state.notifyShells();
    expect(home.said()).toBe(told);
  }
  rmSync(home.file);
  mkdirSync(join(home.file, 'in the way'), { recursive: true });
  home.state.profiles.setCurrent('one');
  home.state.notifyShells();
  expect(home.state.profiles.current()).toBe('one');
});
