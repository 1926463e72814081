import { join } from 'node:path';
import type { Actor } from '../../core/model/face.ts';
import type { State } from '../../core/ports/state.ts';
import { Connection } from './connection.ts';
import { migrations } from './schema.ts';
import { createSignal } from './signal.ts';
import { accountsTable } from './tables/accounts.ts';
import { activityTable } from './tables/activity.ts';
import { balancesTable } from './tables/balances.ts';
import { budgetsTable } from './tables/budgets.ts';
import { exportsTable } from './tables/exports.ts';
import { githubSecretsTable } from './tables/github-secrets.ts';
import { hostsTable } from './tables/hosts.ts';
import { identitiesTable } from './tables/identities.ts';
import { intentsTable } from './tables/intents.ts';
import { keysTable } from './tables/keys.ts';
import { pinsTable } from './tables/pins.ts';
import { profilesTable } from './tables/profiles.ts';
import { rotateByTable } from './tables/rotate-by.ts';
import { rotationsTable } from './tables/rotations.ts';
import { secretVaultsTable } from './tables/secret-vaults.ts';
import { sessionIntentsTable } from './tables/session-intents.ts';
import { settingsTable } from './tables/settings.ts';
import { temporaryFilesTable } from './tables/temporary-files.ts';
import { temporaryKeysTable } from './tables/temporary-keys.ts';
import { readTopics } from './tables/topics.ts';
import { verdictsTable } from './tables/verdicts.ts';

export interface StateOptions {
  /** The migrations; tests pass others. */
  steps?: readonly string[];
  /** How long to wait for another process's write before `state_busy`, in milliseconds. */
  patienceMs?: number;
  /** Who acts, for the activity log. */
  actor?: () => Actor;
}

/**
 * Opens an environment's database, `state.db` in its folder; creates it if needed.
 * @param folder the environment's folder, which must exist
 * @throws VarvelError `storage_*`, `state_*`
 */
export function openState(folder: string, options: StateOptions = {}): State {
  const { steps = migrations, patienceMs = 30_000, actor = () => null } = options;
  const connection = new Connection(join(folder, 'state.db'), { steps, patienceMs });
  const signal = createSignal(connection);
  return {
    transaction: (work) => {
      signal.drop();
      const result = connection.transaction(work);
      signal.send();
      return result;
    },
    identities: identitiesTable(connection),
    accounts: accountsTable(connection),
    keys: keysTable(connection),
    profiles: profilesTable(connection, signal),
    verdicts: verdictsTable(connection),
    settings: settingsTable(connection),
    intents: intentsTable(connection),
    sessionIntents: sessionIntentsTable(connection),
    temporaryFiles: temporaryFilesTable(connection),
    activity: activityTable(connection, actor),
    exports: exportsTable(connection),
    githubSecrets: githubSecretsTable(connection),
    secretVaults: secretVaultsTable(connection),
    pins: pinsTable(connection),
    rotations: rotationsTable(connection),
    temporaryKeys: temporaryKeysTable(connection),
    rotateBy: rotateByTable(connection),
    balances: balancesTable(connection),
    budgets: budgetsTable(connection),
    hosts: hostsTable(connection),
    notifyShells: () => signal.repair(),
    wakeShells() {
      connection.run("UPDATE topics SET version = version + 1 WHERE name = 'profiles'");
      signal.note(null);
      signal.send();
    },
    onCurrentChange: signal.listen,
    topics: () => readTopics(connection),
    close: () => connection.close(),
  };
}
