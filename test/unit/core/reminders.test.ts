import { expect, test } from 'vitest';
import { setGeneralRule } from '../../../core/reminders/general-rule.ts';
import { createReminders } from '../../../core/reminders/reminders.ts';
import { createWorld } from './world.ts';

const ada = { id: 'u1', nickname: 'ada' };
const dayMs = 86_400_000;

test('each due date of a key is notified once, whichever program asks, and a rotated key not any more', () => {
  using world = createWorld();
  const { state, clock } = world;
  const reminders = createReminders(world);
  const names = () => reminders.toNotify().map(({ key }) => key.id);
  const key = { alias: null, scope: 'API', account: ada } as const;
  state.keys.put({ ...key, id: 'old', createdAt: clock.now() - 100 * dayMs });
  state.keys.put({ ...key, id: 'older', createdAt: clock.now() - 200 * dayMs });
  state.keys.put({ ...key, id: 'unknown', createdAt: null });
  expect(names()).toEqual([]);
  reminders.setForAccount('u1', 90);
  expect(names()).toEqual(['older', 'old']);
  expect(names()).toEqual([]);
  expect(createReminders(world).toNotify()).toEqual([]);
  // another due date
  reminders.setForKey({ id: 'old' }, 95);
  expect(names()).toEqual(['old']);
  reminders.setForKey({ id: 'old' }, 'never');
  reminders.setForAccount('u1', 150);
  expect(names()).toEqual(['older']);
  expect(reminders.due().map(({ key: due }) => due.id)).toEqual(['older']);
  state.rotateBy.put({ subject: 'key', id: 'older', after: 30 });
  state.rotateBy.copy('older', 'new');
  state.keys.remove('older');
  expect(state.rotateBy.all()).toContainEqual({ subject: 'key', id: 'new', after: 30 });
  expect(state.rotateBy.all()).not.toContainEqual(expect.objectContaining({ id: 'older' }));
  expect(names()).toEqual([]);
});

test('the rule for all keys counts where neither a key nor its account has one', () => {
  using world = createWorld();
  const { state, clock } = world;
  const reminders = createReminders(world);
  const due = () => reminders.due().map(({ key }) => key.id);
  const createdAt = clock.now() - 100 * dayMs;
  for (const id of ['plain', 'kept', 'long'])
    state.keys.put({ id, alias: null, scope: 'API', account: ada, createdAt });
  state.keys.put({
    id: 'of a team',
    alias: null,
    scope: 'API',
    account: { id: 't1', nickname: 'team' },
    createdAt,
  });
  expect(due()).toEqual([]);
  setGeneralRule(state, 90);
  expect(due().sort()).toEqual(['kept', 'long', 'of a team', 'plain']);
  reminders.setForKey({ id: 'kept' }, 'never');
  reminders.setForKey({ id: 'long' }, 365);
  reminders.setForAccount('t1', 'never');
  expect(due()).toEqual(['plain']);
  reminders.setForAccount('u1', 120);
  expect(due()).toEqual([]);
  reminders.setForAccount('u1', null);
  expect(reminders.toNotify().map(({ key }) => key.id)).toEqual(['plain']);
  setGeneralRule(state, null);
  expect(due()).toEqual([]);
  expect(reminders.ruleOf()({ id: 'plain', account: ada, createdAt })).toMatchObject({
    general: null,
    dueAt: null,
  });
});
