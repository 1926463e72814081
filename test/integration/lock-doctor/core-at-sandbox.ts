import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach } from 'vitest';
import type { StoredKey } from '../../../core/model/fal/key.ts';
import type { Varvel } from '../../../core/varvel.ts';
import { findPlace, open } from '../../../host/open.ts';
import { createMemorySecrets } from '../../fakes/memory-secrets.ts';
import { ask, keysOf, runningSandbox } from '../sandbox/running.ts';

/** A core on an empty home, at a sandbox that is as new before each test. */
export function coreAtSandbox() {
  const sandbox = runningSandbox();
  let root = '';
  let varvel: Varvel | undefined;
  const core = (): Varvel => {
    if (!varvel) throw new Error('no core');
    return varvel;
  };
  let secrets = createMemorySecrets();
  const opened: Varvel[] = [];
  async function openOne(): Promise<Varvel> {
    const env = {
      HOME: root,
      VARVEL_HOME: join(root, 'varvel'),
      VARVEL_ENVIRONMENT: sandbox().environmentPath,
    };
    const one = await open({
      place: findPlace(env),
      face: 'terminal',
      env,
      ask: false,
      warn: () => undefined,
      secrets,
    });
    opened.push(one);
    return one;
  }
  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), 'varvel-core-'));
    secrets = createMemorySecrets();
    varvel = await openOne();
  });
  afterEach(async () => {
    for (const one of opened.splice(0)) await one.close();
    await rm(root, { recursive: true, force: true });
  });
  return {
    varvel: core,
    sandbox,
    root: () => root,
    /** Another core on the same home. */
    again: openOne,
    async tell(path: string, body: unknown): Promise<void> {
      const { status, body: answer } = await ask(`${sandbox().control}/${path}`, { body });
      if (status !== 200) throw new Error(`${path}: ${status} ${JSON.stringify(answer)}`);
    },
    /** Adds a key of the sandbox. */
    async add(account: string, alias: string): Promise<{ key: StoredKey; text: string }> {
      const found = (await keysOf(sandbox())).find((key) => key.account === account && key.alias === alias);
      if (!found) throw new Error(`${account} has no ${alias}`);
      const { key } = await core().keys.add(found.key, alias, null);
      return { key, text: found.key };
    },
  };
}
