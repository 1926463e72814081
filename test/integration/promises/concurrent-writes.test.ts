import { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';
import { figure } from '../../attacks/figures.ts';
import { profilesList } from '../cli/contract.ts';
import { newMachine } from '../cli/machine.ts';
import type { Ended } from '../cli/program.ts';

const machine = newMachine({ vault: 'file' });

/** A test's dice: the same each time, so that a failure can be had again. */
function dice(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2 ** 31;
    return state / 2 ** 31;
  };
}

test('of two hundred commands at once, some killed at any moment, all that were acknowledged are there', async () => {
  const roll = dice(20_260_801);
  await machine().varvel('profiles', 'create', 'first');
  const work = Array.from({ length: 200 }, (_, n) => ({
    args: n % 2 ? ['profiles', 'create', `p${n}`] : ['switch', 'first'],
    name: n % 2 ? `p${n}` : null,
    // a command takes some 60 ms alone and more among others
    killAfter: roll() < 0.3 ? roll() * 250 : null,
  }));
  const ends: { name: string | null; ended: Ended }[] = [];
  const queue = work.values();
  const worker = async () => {
    for (const { args, name, killAfter } of queue) {
      const running = machine().start({}, ...args);
      const timer = killAfter === null ? null : setTimeout(() => running.process.kill('SIGKILL'), killAfter);
      ends.push({ name, ended: await running.ended });
      if (timer) clearTimeout(timer);
    }
  };
  await Promise.all(Array.from({ length: 12 }, worker));

  // nobody failed but by being killed, and some were
  expect(ends.filter(({ ended }) => ended.code !== 0 && ended.signal !== 'SIGKILL')).toEqual([]);
  expect(ends.some(({ ended }) => ended.signal === 'SIGKILL')).toBe(true);
  const acknowledged = ends.flatMap(({ name, ended }) => (name !== null && ended.code === 0 ? [name] : []));
  expect(acknowledged.length).toBeGreaterThan(20);
  const { current, profiles } = await machine().json(profilesList, 'profiles', 'list');
  const names = new Set(profiles.map(({ name }) => name));
  expect(acknowledged.filter((name) => !names.has(name))).toEqual([]);
  expect(current).toBe('first');
  figure(11, 'commands at once', {
    'commands at once': work.length,
    'commands killed': ends.filter(({ ended }) => ended.signal === 'SIGKILL').length,
    'acknowledged changes lost': 0,
  });
  using database = closing(new DatabaseSync(`${machine().data}/state.db`));
  expect(database.value.prepare('PRAGMA integrity_check').all()).toEqual([{ integrity_check: 'ok' }]);
  expect(database.value.prepare('PRAGMA foreign_key_check').all()).toEqual([]);
});

function closing<T extends { close(): void }>(value: T): { value: T } & Disposable {
  return { value, [Symbol.dispose]: () => value.close() };
}
