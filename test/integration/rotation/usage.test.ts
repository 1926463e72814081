import { expect, test } from 'vitest';
import { createPlatformApi } from '../../../core/fal/platform-api.ts';
import { decodeEnvironment } from '../../../core/model/fal/environment.ts';
import { parseKey } from '../../../core/model/fal/key.ts';
import { createHttp } from '../../../platform/net/http.ts';
import { ask, keyOf, keysOf, runningSandbox } from '../sandbox/running.ts';

const sandbox = runningSandbox();

test('fal’s usage tells in which minutes a key was used, page by page, and nothing of other keys', async () => {
  const environment = decodeEnvironment(JSON.stringify(sandbox().environment), 'environment');
  const platform = createPlatformApi(environment, createHttp({ version: '0' }));
  const admin = parseKey((await keyOf(sandbox(), 'falconers', 'ADMIN')).key);
  const [used, unused] = (await keysOf(sandbox())).filter(
    ({ account, scope }) => account === 'falconers' && scope === 'API',
  );
  if (!used || !unused) throw new Error('falconers has too few keys');
  const before = Date.now();
  await ask(`${environment.runUrl}/fal-ai/flux/schnell`, {
    headers: { authorization: `Key ${used.key}` },
    body: { prompt: 'a cute cat' },
  });
  const since = before - 60_000;
  const [minute, ...more] = await platform.busyMinutes(used.key_id, since, admin);
  expect(more).toEqual([]);
  expect(Math.abs((minute ?? 0) - before)).toBeLessThan(120_000);
  expect(await platform.busyMinutes(unused.key_id, since, admin)).toEqual([]);
  // a month has more than one page
  expect((await platform.busyMinutes(used.key_id, before - 30 * 86_400_000, admin)).length).toBeGreaterThan(
    20,
  );
  await expect(platform.busyMinutes(used.key_id, since, parseKey(unused.key))).rejects.toMatchObject({
    code: 'forbidden',
  });
});
