// Fills the demo's home with sample data, through the core and the command line:
//   node scripts/demo/fill.ts SANDBOX_CONTROL_URL
import { execFile } from 'node:child_process';
import { appendFile, mkdir, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Varvel } from '../../core/varvel.ts';
import { findPlace, open } from '../../host/open.ts';
import { createPlainBrowser } from '../../test/integration/sandbox/plain-browser.ts';
import { falConfig, keyless, keys, people, startUpFile, type Trouble } from './home.ts';

const control = process.argv[2] ?? '';
const cli = join(import.meta.dirname, '..', '..', 'dist', 'cli', 'varvel.cjs');
const runProgram = promisify(execFile);

/** Sends a request to the sandbox's control API. */
async function controlSandbox(path: string, body: unknown = {}, method = 'POST'): Promise<void> {
  const response = await fetch(`${control}/${path}`, {
    method,
    ...(method === 'POST' && {
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    }),
  });
  if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
}

const command = async (...args: string[]): Promise<void> => {
  await runProgram(process.execPath, ['--disable-warning=ExperimentalWarning', cli, ...args]);
};

async function signIn(varvel: Varvel, connection: string, person: string): Promise<void> {
  const browser = createPlainBrowser();
  const clicked: Promise<unknown>[] = [];
  await varvel.identities.signIn({ connection, flow: 'loopback', openBrowser: false }, ({ url }) => {
    clicked.push(browser.open(url).then((page) => browser.follow(page, `data-person="${person}"`)));
  });
  await Promise.all(clicked);
}

/** The fault during a key's test. */
const faults: Record<Trouble, object | null> = {
  none: null,
  revoked: null,
  busy: { target: 'platform', kind: 'status', status: 429 },
  failing: { target: 'rest', kind: 'status', status: 503 },
};

async function createKeys(varvel: Varvel): Promise<void> {
  for (const { alias, account, scope = 'API', profile, trouble = 'none', ttlMs = null } of keys) {
    const made = await varvel.keys.create({ alias, account, scope, profile: null, ttlMs });
    if (made.outcome !== 'stored') throw made.error;
    if (!profile) continue;
    const { name, ...look } = profile;
    varvel.profiles.create(name, { ...look, key: made.key });
    if (trouble === 'revoked') await controlSandbox('revoke', { key_id: made.key.id });
    const fault = faults[trouble];
    if (fault) await controlSandbox('faults', fault);
    await varvel.keyTest.one(made.key);
    if (fault) await controlSandbox('faults', undefined, 'DELETE');
  }
  const { name, account, ...look } = keyless;
  varvel.profiles.create(name, { ...look, account: await varvel.accounts.find(account) });
}

/** Large enough that no alert interrupts a picture. */
async function setBudgets(varvel: Varvel): Promise<void> {
  const { budgets } = await varvel.money();
  const { id, nickname } = await varvel.accounts.find('falconers');
  const common = { period: 'month', alertPercent: 80 } as const;
  budgets.set({ subject: { kind: 'account', account: { id, nickname } }, amount: 40, ...common });
  budgets.set({ subject: { kind: 'profile', profile: 'falconers-staging' }, amount: 10, ...common });
}

/** A project with an up-to-date key, and one with an old key. */
async function createProjects(varvel: Varvel): Promise<void> {
  const project = async (name: string, env: string): Promise<string> => {
    const folder = join(homedir(), 'projects', name);
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, '.env'), env, { mode: 0o600 });
    return folder;
  };
  const site = await project('kestrel-site', '# the client’s site\nSITE_URL=http://localhost:5173\n');
  const farm = await project('render-farm', 'WORKERS=4\n');
  for (const [folder, profile] of [
    [site, 'client-kestrel'],
    [farm, 'falconers-render'],
  ] as const) {
    await command('pin', profile, folder);
    await command('export', join(folder, '.env'), '--profile', profile);
  }
  const renewed = varvel.keys.find('render-farm-2');
  varvel.profiles.set('falconers-render', { key: renewed });
  await varvel.keyTest.one(renewed);
}

/** Files of someone who has used fal's own tools. */
async function writeOldFiles(): Promise<void> {
  const response = await fetch(`${control}/keys`);
  const listed: { keys: { key: string; account: string; alias: string }[] } = await response.json();
  const old = listed.keys.find(({ account, alias }) => account === 'ada' && alias === 'notebook')?.key ?? '';
  await mkdir(join(homedir(), '.fal'), { recursive: true, mode: 0o700 });
  await writeFile(join(homedir(), '.fal', 'config.toml'), falConfig(old), { mode: 0o600 });
  await appendFile(join(homedir(), '.bashrc'), startUpFile(old), { mode: 0o600 });
}

const varvel = await open({
  place: findPlace(process.env),
  face: 'terminal',
  env: process.env,
  ask: false,
  warn(sentence) {
    process.stderr.write(`demo: ${sentence}\n`);
  },
});
for (const { connection, person } of people) await signIn(varvel, connection, person);
await varvel.accounts.refresh();
await createKeys(varvel);
await setBudgets(varvel);
varvel.profiles.switchTo('studio');
await command('keys', 'test', 'studio', '--generate');
await command('run', '--profile', 'falconers-staging', '--', 'node', '-e', '');
await createProjects(varvel);
// on macOS and Windows this is the user's own home, for the keychain: don't write there
if (process.env.FAL_CONFIG_PATH === undefined) await writeOldFiles();
await varvel.close();
