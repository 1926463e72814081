import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openState } from '../../../platform/state/open-state.ts';
import { newMachine } from '../cli/machine.ts';
import { serve } from '../web/served.ts';

const machine = newMachine({ vault: 'file' });
const dayMs = 86_400_000;

/** Puts entries into the log that are so many days old, the oldest first, as time does. */
function addEntries(...ages: number[]): void {
  const state = openState(join(machine().data));
  for (const days of ages) {
    state.activity.add({
      at: Date.now() - days * dayMs,
      kind: 'switched',
      identityId: null,
      account: null,
      keyId: null,
      profile: null,
      detail: `${days} days ago`,
    });
  }
  state.close();
}

test('the activity log is kept for as long as the settings say, from the next start too', async () => {
  const { varvel, env } = machine();
  await varvel('profiles', 'list');
  addEntries(500, 100, 40);
  const details = async () =>
    JSON.parse((await varvel('activity', '--since', '9999d', '--json')).stdout).activity.map(
      ({ detail }: { detail: string }) => detail,
    );
  expect(await details()).toEqual(['40 days ago', '100 days ago', '500 days ago']);
  {
    await using here = await serve({ env });
    expect(await here.call('settings.read', null)).toMatchObject({ ok: { activityDays: 365 } });
    expect(await details()).toEqual(['40 days ago', '100 days ago']);
    expect(await here.call('settings.change', { activityDays: 30 })).toMatchObject({
      ok: { activityDays: 30 },
    });
    expect(await details()).toEqual([]);
    expect(await here.call('settings.change', { activityDays: 31 })).toMatchObject({
      error: { code: 'invalid' },
    });
  }
  addEntries(40, 10);
  await using _again = await serve({ env });
  expect(await details()).toEqual(['10 days ago']);
});
