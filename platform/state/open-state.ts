import { join } from 'node:path';
import type { State } from '../../core/ports.ts';
import { Connection } from './connection.ts';
import { migrations } from './schema.ts';
import { createSignal } from './signal.ts';
import { createAccounts } from './tables/accounts.ts';
import { createActivity } from './tables/activity.ts';
import { createExports } from './tables/exports.ts';
import { createIdentities } from './tables/identities.ts';
import { createIntents } from './tables/intents.ts';
import { createKeys } from './tables/keys.ts';
import { createPins } from './tables/pins.ts';
import { createProfiles } from './tables/profiles.ts';
import { createSettings } from './tables/settings.ts';
import { readTopics } from './tables/topics.ts';
import { createVerdicts } from './tables/verdicts.ts';

export interface StateOptions {
  /** The migrations; other ones in tests only. */
  steps?: readonly string[];
  /** How long to wait for another process's write before `state_busy`, in milliseconds. */
  patienceMs?: number;
}

/**
 * Opens the database of an environment, `state.db` in its folder, making it when it is not there.
 * @param folder the environment's folder, which exists (paths.ts)
 * @throws VarvelError `storage_*`, `state_*`
 */
export function openState(folder: string, options: StateOptions = {}): State {
  const { steps = migrations, patienceMs = 30_000 } = options;
  const connection = new Connection(join(folder, 'state.db'), { steps, patienceMs });
  const signal = createSignal(connection);
  return {
    transaction: (work) => {
      signal.drop();
      const result = connection.transaction(work);
      signal.send();
      return result;
    },
    identities: createIdentities(connection),
    accounts: createAccounts(connection),
    keys: createKeys(connection),
    profiles: createProfiles(connection, signal),
    verdicts: createVerdicts(connection),
    settings: createSettings(connection),
    intents: createIntents(connection),
    activity: createActivity(connection),
    exports: createExports(connection),
    pins: createPins(connection),
    tellShells: () => signal.mend(),
    topics: () => readTopics(connection),
    close: () => connection.close(),
  };
}
