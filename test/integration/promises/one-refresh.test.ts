import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { type Sandbox, startSandbox } from '../../../sandbox/start.ts';
import { figure } from '../../attacks/figures.ts';
import { errorOf, whoami } from '../cli/contract.ts';
import { type Machine, makeMachine } from '../cli/machine.ts';
import { tokenRequests } from '../cli/requests.ts';
import { type Keyring, startKeyring } from '../keyring.ts';
import { ask } from '../sandbox/running.ts';
import { exchange } from '../web/served.ts';

let sandbox: Sandbox;
let keyring: Keyring;
let machine: Machine & AsyncDisposable;

beforeAll(async () => {
  [sandbox, keyring] = await Promise.all([startSandbox(), startKeyring()]);
});
beforeEach(async () => {
  await ask(`${sandbox.control}/reset`, { method: 'POST' });
  machine = await makeMachine(sandbox, keyring);
  await machine.signIn('ada', 'github');
  await machine.signIn('grace', 'google');
  await machine.varvel('accounts', 'list');
});
afterEach(() => machine[Symbol.asyncDispose]());
afterAll(async () => {
  await keyring?.close();
  await sandbox?.close();
});

const eight = (...args: string[]) => Promise.all(Array.from({ length: 8 }, () => machine.varvel(...args)));
/** fal's next answer to a refresh takes so long, in milliseconds. */
const slowRefresh = (ms: number) =>
  machine.control('faults', { target: 'signin', kind: 'slow', path: '/oauth/token', delay_ms: ms, times: 1 });
const expire = () => machine.control('expire', { person: 'ada', what: 'access' });

/** How many refreshes a piece of work causes. */
async function refreshesOf<T>(work: () => Promise<T>): Promise<{ refreshes: number; result: T }> {
  const before = await tokenRequests(sandbox);
  const result = await work();
  return { refreshes: (await tokenRequests(sandbox)) - before, result };
}

/** The e-mails whose sessions live. */
async function signedIn(): Promise<string[]> {
  const { stdout } = await machine.varvel('whoami');
  return stdout
    .split('\n')
    .flatMap((line) => (line.includes('signed in') ? (line.match(/\S+@\S+/) ?? []) : []));
}

/** Waits until the sandbox has been asked for tokens so often in all. */
async function asked(count: number): Promise<void> {
  while ((await tokenRequests(sandbox)) < count) await new Promise((resolve) => setTimeout(resolve, 20));
}

test('eight commands at once with an expired access token refresh it once, and all succeed', async () => {
  await expire();
  const { refreshes, result } = await refreshesOf(() => eight('keys', 'list', '--json'));
  expect(result.map(({ code, stderr }) => ({ code, stderr }))).toEqual(
    Array.from({ length: 8 }, () => ({ code: 0, stderr: '' })),
  );
  expect(refreshes).toBe(1);
  expect(await signedIn()).toHaveLength(2);
  figure(8, 'eight at once', { 'commands at once': 8, refreshes, 'signed out': 0 });
});

test('while the sign-in server answers 500 every command fails and nobody is signed out', async () => {
  await expire();
  await machine.control('faults', { target: 'signin', kind: 'status', status: 500 });
  for (const { code, stderr } of await eight('accounts', 'list')) {
    // grace's accounts are there all the same
    expect(code).toBe(0);
    expect(stderr).toMatch(/warning: ada@example\.com: The sign-in server failed/);
  }
  await ask(`${sandbox.control}/faults`, { method: 'DELETE' });
  expect(await signedIn()).toEqual(['ada@example.com', 'grace@example.org']);
  const { refreshes, result } = await refreshesOf(() => machine.varvel('accounts', 'list'));
  expect(result).toMatchObject({ code: 0, stderr: '' });
  expect(refreshes).toBe(1);
});

test('an account not heard of yet is not called unknown while its identity can’t be asked', async () => {
  await machine.varvel('logout', 'ada@example.com');
  await machine.signIn('ada-sso', 'example.com');
  await machine.control('expire', { person: 'ada-sso', what: 'access' });
  await machine.control('faults', { target: 'signin', kind: 'drop' });
  const ended = await machine.varvel('keys', 'list', '--account', 'ada-example', '--json');
  expect(ended.code).toBe(6);
  expect(errorOf(ended).code).toBe('unreachable');
});

test('a sign-in server that drops connections signs nobody out', async () => {
  await expire();
  await machine.control('faults', { target: 'signin', kind: 'drop' });
  const ended = await machine.varvel('keys', 'list', '--account', 'falconers', '--json');
  expect(ended.code).toBe(6);
  expect(errorOf(ended).code).toBe('unreachable');
  await ask(`${sandbox.control}/faults`, { method: 'DELETE' });
  expect(await machine.varvel('keys', 'list', '--account', 'falconers')).toMatchObject({ code: 0 });
});

test('an answer that is lost after fal has changed the token costs that sign-in at most, and no other', async () => {
  await expire();
  await machine.control('faults', {
    target: 'signin',
    kind: 'drop',
    path: '/oauth/token',
    after: true,
    times: 1,
  });
  const lost = await machine.varvel('keys', 'list', '--account', 'falconers');
  expect(lost.code).toBe(6);
  // whether the old token still counts is fal's to say; the other identity never notices
  const next = await machine.varvel('accounts', 'list');
  expect(next.code).toBe(0);
  expect(next.stdout).toMatch(/^grace/m);
  expect(await signedIn()).toContain('grace@example.org');
  const { identities } = await machine.json(whoami, 'whoami');
  expect(identities).toHaveLength(2);
});

const jwks = '/.well-known/jwks.json';

test('a refresh that fal granted survives a server that can’t check it', async () => {
  await expire();
  await machine.control('faults', { target: 'signin', kind: 'status', status: 502, path: jwks });
  const ended = await machine.varvel('keys', 'list', '--account', 'falconers', '--json');
  expect(ended.code).toBe(6);
  expect(errorOf(ended).code).toBe('unreachable');
  expect(await signedIn()).toEqual(['ada@example.com', 'grace@example.org']);
  await ask(`${sandbox.control}/faults`, { method: 'DELETE' });
  const { refreshes, result } = await refreshesOf(() =>
    machine.varvel('keys', 'list', '--account', 'falconers'),
  );
  expect({ refreshes, result }).toMatchObject({ refreshes: 1, result: { code: 0, stderr: '' } });
});

test('a refresh survives one failed check without a word', async () => {
  await expire();
  await machine.control('faults', { target: 'signin', kind: 'drop', times: 1, path: jwks });
  const { refreshes, result } = await refreshesOf(() =>
    machine.varvel('keys', 'list', '--account', 'falconers'),
  );
  expect({ refreshes, result }).toMatchObject({ refreshes: 1, result: { code: 0, stderr: '' } });
});

test.each([['SIGTERM'], ['SIGHUP'], ['SIGINT', 'SIGINT']] as const)(
  'a command that %s ends while a token is refreshed saves it first',
  async (...signals) => {
    await expire();
    await slowRefresh(1500);
    const before = await tokenRequests(sandbox);
    const command = machine.start({}, 'keys', 'list', '--account', 'falconers');
    await asked(before + 1);
    for (const signal of signals) {
      command.process.kill(signal);
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    expect(await command.ended).toMatchObject({ signal: signals[0] });
    const { refreshes, result } = await refreshesOf(() =>
      machine.varvel('keys', 'list', '--account', 'falconers'),
    );
    expect({ refreshes, result }).toMatchObject({ refreshes: 0, result: { code: 0, stderr: '' } });
  },
);

test('a web view that is stopped while a token is refreshed saves it first', async () => {
  const web = machine.start({}, 'web', '--no-browser', '--json');
  const [line = ''] = await web.says(/http:[^"\s]+/);
  const { origin } = new URL(line);
  const cookie = await exchange(line);
  await expire();
  await slowRefresh(5000);
  const before = await tokenRequests(sandbox);
  const asking = fetch(`${origin}/bridge/keys.refresh`, {
    method: 'POST',
    headers: { cookie, origin, 'content-type': 'application/json' },
    body: JSON.stringify({ accountId: null }),
  }).catch(() => null);
  await asked(before + 1);
  web.process.kill('SIGTERM');
  expect(await web.ended).toMatchObject({ code: 0 });
  await asking;
  const { refreshes, result } = await refreshesOf(() =>
    machine.varvel('keys', 'list', '--account', 'falconers'),
  );
  expect({ refreshes, result }).toMatchObject({ refreshes: 0, result: { code: 0, stderr: '' } });
});

test('a process killed between fal’s answer and its saving leaves the other identity and the database well', async () => {
  await expire();
  await slowRefresh(1500);
  const before = await tokenRequests(sandbox);
  const killed = machine.start({}, 'keys', 'list', '--account', 'falconers');
  await asked(before + 1);
  // the vault stops: what fal answers can't be saved
  keyring.freeze();
  try {
    const answered = async () => {
      const { body } = await ask(`${sandbox.control}/requests`);
      return JSON.stringify(body).includes('"status":null') === false;
    };
    while (!(await answered())) await new Promise((resolve) => setTimeout(resolve, 20));
    killed.process.kill('SIGKILL');
    expect(await killed.ended).toMatchObject({ signal: 'SIGKILL' });
  } finally {
    keyring.thaw();
  }
  const ended = await machine.varvel('keys', 'list', '--account', 'falconers', '--json');
  // the lock died with its process; fal takes the old token or says it is over, and nothing in between
  expect([0, 3]).toContain(ended.code);
  if (ended.code === 3) expect(errorOf(ended).code).toBe('not_signed_in');
  expect(ended.took).toBeLessThan(10_000);
  expect((await machine.varvel('accounts', 'list')).stdout).toMatch(/^grace/m);
  expect(await signedIn()).toContain('grace@example.org');
});

test('eight commands at once when fal has ended the session ask once and all say so', async () => {
  await expire();
  await machine.control('expire', { person: 'ada', what: 'refresh' });
  const { refreshes, result } = await refreshesOf(() => eight('keys', 'list', '--account', 'falconers'));
  for (const { code } of result) expect(code).toBe(3);
  expect(refreshes).toBe(1);
  expect(await signedIn()).toEqual(['grace@example.org']);
});
