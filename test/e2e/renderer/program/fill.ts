import { randomUUID } from 'node:crypto';
import type { MethodName } from '../../../../contract/methods.ts';
import type { SecretStore } from '../../../../core/ports.ts';
import { findPlace } from '../../../../host/open.ts';
import { openState } from '../../../../platform/state/open-state.ts';
import { openVault } from '../../../../platform/vault/open-vault.ts';
import { accounts } from '../../../../sandbox/accounts.ts';
import type { Sandbox } from '../../../../sandbox/start.ts';
import { keysOf } from '../../../integration/sandbox/running.ts';
import { fillWithProfiles, type KnownKeys, knownKeys } from './ada.ts';
import { startCore } from './core.ts';
import { type FalConfigOptions, writeFalConfig, writeStartUpFiles } from './files.ts';
import type { Machine } from './machine.ts';
import { fillWithManyProfiles } from './many.ts';
import { signInAt } from './person.ts';

export interface FillOptions {
  /** Nobody, nothing. */
  firstRun?: boolean;
  /** So many profiles instead of Ada's. */
  profiles?: number;
  falcli?: FalConfigOptions;
}

interface Place {
  sandbox: Sandbox;
  machine: Machine;
  /** The machine's variables, with what opens the vault. */
  env: NodeJS.ProcessEnv;
  secrets: SecretStore | undefined;
}

/** Puts onto a machine what a test begins with: Ada signed in, her profiles, and what uses them. */
export async function fill({ sandbox, machine, env, secrets }: Place, options: FillOptions): Promise<void> {
  const { firstRun = false, profiles, falcli = {} } = options;
  const ids = new Map(accounts.map(({ nickname, user_id }) => [nickname, user_id]));
  const keys = knownKeys(await keysOf(sandbox), ids);
  await writeStartUpFiles(machine, !firstRun);
  await writeFalConfig(machine, keys, falcli);
  if (firstRun) return;
  await using core = await startCore({
    env,
    face: 'desktop',
    emit: () => undefined,
    browser: {
      async open(url) {
        void signInAt(url, sandbox);
        return true;
      },
    },
    secrets,
  });
  const call = async (method: MethodName, input: unknown) => {
    const answer = await core.call(method, input);
    if ('error' in answer) throw new Error(`${method}: ${answer.error.message}`);
  };
  await call('identities.signIn', { run: randomUUID(), connection: 'github', flow: 'loopback' });
  await call('accounts.refresh', null);
  const { folder } = findPlace(env);
  const vault = secrets ?? (await openVault({ kind: 'file', folder, env, ask: false }));
  const state = openState(folder);
  try {
    if (profiles === undefined) await fillWithProfiles(state, vault, keys);
    else await fillWithManyProfiles({ state, vault, keys, machine }, profiles);
  } finally {
    state.close();
  }
  if (profiles === undefined) await useProfiles(machine, keys, call);
}

/** Exports and pins some of Ada's profiles. */
async function useProfiles(
  machine: Machine,
  keys: KnownKeys,
  call: (method: MethodName, input: unknown) => Promise<void>,
): Promise<void> {
  const exportTo = async (profile: string, path: string) => {
    const file = await machine.write(path, 'PORT=3000\n');
    await call('exports.write', { profile, file, format: null, variable: null, force: false });
  };
  await exportTo('staging', 'shop/.envrc');
  await exportTo('production', 'studio/.env');
  const giveNightShift = (account: string, alias: string) =>
    call('profiles.change', { name: 'night-shift', change: { keyId: keys.of(account, alias).key.id } });
  await giveNightShift('ada', 'notebook');
  await exportTo('night-shift', 'bots/.env');
  await giveNightShift('night-shift', 'build-bots');
  for (const folder of ['shop', 'shop-assistant'])
    await call('pins.add', { profile: 'staging', folder: await machine.folder(folder) });
}
