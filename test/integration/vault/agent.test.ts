import {
  chmod,
  mkdir,
  readdir,
  readFile,
  readlink,
  realpath,
  rm,
  stat,
  symlink,
  writeFile,
} from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, expect, test } from 'vitest';
import { askAgent, startAgent } from '../../../platform/vault/agent/agent.ts';
import { agentAddress } from '../../../platform/vault/agent/agent-address.ts';
import { endUnlock, readVaultState, startUnlock } from '../../../platform/vault/unlock.ts';
import { passphrase, temporaryVault } from './temporary.ts';
import { callOnce, codeOf } from './vault-process.ts';

const canary = 'canary-id:canary-secret-0123456789';
const program: [string, string] = [
  process.execPath,
  fileURLToPath(new URL('agent-entry.ts', import.meta.url)),
];
const started = new Set<string>();

const unlock = async (vault: string, forMs: number): Promise<number> => {
  started.add(vault);
  return startUnlock({ vault, forMs, program, passphrase: async () => passphrase });
};

/** The same without the passphrase, which is slow on purpose. */
async function hold(home: Awaited<ReturnType<typeof temporaryVault>>, forMs = 60_000): Promise<void> {
  started.add(home.vault);
  const { vault, identity, fingerprint } = home;
  await startAgent({ vault, program, held: { identity, fingerprint, expiresAt: Date.now() + forMs } });
}

const readWithoutPassphrase = async (folder: string) => {
  const outcome = await callOnce({ kind: 'file', folder, once: ['get', 'key/a'] }, process.env);
  return 'error' in outcome.answer ? codeOf(outcome.answer) : outcome.answer.value;
};

/** The agents of this checkout; another one's tests may run beside it. */
async function agents(): Promise<string[]> {
  const found: string[] = [];
  const own = await realpath(process.execPath);
  for (const pid of (await readdir('/proc')).filter((name) => /^\d+$/.test(name))) {
    const name = await readFile(`/proc/${pid}/comm`, 'utf8').catch(() => '');
    const state = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => ') Z');
    if (name !== 'varvel-agent\n' || state.includes(') Z')) continue;
    if ((await readlink(`/proc/${pid}/exe`).catch(() => '')) === own) found.push(pid);
  }
  return found;
}

afterEach(async () => {
  for (const vault of started) await endUnlock(vault);
  started.clear();
  await expect.poll(agents).toEqual([]);
});

test('an unlocked vault asks for no passphrase until it is locked', async () => {
  await using home = await temporaryVault();
  await home.store.set('key/a', canary);
  expect(await readVaultState(home.vault)).toBe('locked');
  expect(await readWithoutPassphrase(home.folder)).toBe('vault_locked');

  const until = await unlock(home.vault, 60_000);
  expect(await readVaultState(home.vault)).toEqual({ unlockedUntil: until });
  expect(await readWithoutPassphrase(home.folder)).toBe(canary);

  expect(await endUnlock(home.vault)).toBe(true);
  expect(await endUnlock(home.vault)).toBe(false);
  expect(await readWithoutPassphrase(home.folder)).toBe('vault_locked');
});

test('it locks itself when its time is over, and unlocking again starts the time anew', async () => {
  await using home = await temporaryVault();
  await home.store.set('key/a', canary);
  await hold(home);
  await hold(home, 700);
  await expect.poll(agents).toHaveLength(1);
  await expect.poll(() => readVaultState(home.vault)).toBe('locked');
  await expect.poll(agents).toEqual([]);
  expect(await readdir(join(home.vault, 'agent'))).toEqual([]);
});

test('the agent shows no secret to who looks at processes, and its socket to nobody else', async () => {
  await using home = await temporaryVault();
  process.env.VARVEL_PASSPHRASE = passphrase;
  try {
    await unlock(home.vault, 60_000);
  } finally {
    delete process.env.VARVEL_PASSPHRASE;
  }
  const [pid] = await agents();
  const seen =
    (await readFile(`/proc/${pid}/cmdline`, 'utf8')) + (await readFile(`/proc/${pid}/environ`, 'utf8'));
  for (const secret of [passphrase, home.identity, 'VARVEL_PASSPHRASE']) expect(seen).not.toContain(secret);
  const { socket, folder } = agentAddress(home.vault);
  expect((await stat(socket)).mode & 0o777).toBe(0o600);
  expect((await stat(`${folder}`)).mode & 0o777).toBe(0o700);
});

test('the agent ends when the vault is removed', async () => {
  const home = await temporaryVault();
  await hold(home);
  await home[Symbol.asyncDispose]();
  await expect.poll(agents).toEqual([]);
});

test('a frozen agent costs a command 300 ms, not its answer, and ends when it wakes after a lock', async () => {
  await using home = await temporaryVault();
  await home.store.set('key/a', canary);
  await hold(home);
  const pid = Number((await agents())[0]);
  process.kill(pid, 'SIGSTOP');
  try {
    const begun = performance.now();
    expect(await readVaultState(home.vault)).toBe('locked');
    expect(performance.now() - begun).toBeLessThan(20_000);
    const env = { ...process.env, VARVEL_PASSPHRASE: passphrase };
    const outcome = await callOnce({ kind: 'file', folder: home.folder, once: ['get', 'key/a'] }, env);
    expect(outcome.answer).toEqual({ value: canary });
    expect(await endUnlock(home.vault)).toBe(true);
  } finally {
    process.kill(pid, 'SIGCONT');
  }
  await expect.poll(agents).toEqual([]);
});

test('the socket of a dead agent is removed', async () => {
  await using home = await temporaryVault();
  await hold(home);
  process.kill(Number((await agents())[0]), 'SIGKILL');
  const left = async () => {
    expect(await readVaultState(home.vault)).toBe('locked');
    return readdir(join(home.vault, 'agent'));
  };
  // a busy machine may make it look hung first, and a hung one keeps its socket
  await expect.poll(left).toEqual([]);
});

test('an agent that holds the identity of another vault, or talks rubbish, is not believed', async () => {
  await using home = await temporaryVault();
  started.add(home.vault);
  const held = { identity: home.identity, fingerprint: 'of another', expiresAt: Date.now() + 60_000 };
  await startAgent({ vault: home.vault, held, program });
  expect(await askAgent(home.vault, 'of this')).toBeNull();
  await endUnlock(home.vault);

  const { socket } = agentAddress(home.vault);
  await rm(socket, { force: true });
  const server = createServer((client) => client.on('error', () => undefined).end('{"identity":7}\n'));
  await new Promise<void>((resolve) => server.listen(socket, resolve));
  expect(await askAgent(home.vault, 'of this')).toBeNull();
  server.close();
});

test('a socket in a folder that others may enter is not asked', async () => {
  await using home = await temporaryVault();
  await hold(home);
  const { folder } = agentAddress(home.vault);
  await chmod(`${folder}`, 0o755);
  expect(await readVaultState(home.vault)).toBe('locked');
  await chmod(`${folder}`, 0o700);
  expect(await readVaultState(home.vault)).not.toBe('locked');
});

test('a link planted where its socket goes is refused, and the folder it leads to keeps its rights', async () => {
  await using home = await temporaryVault();
  const own = join(home.folder, 'photos');
  await mkdir(own);
  await chmod(own, 0o755);
  await symlink(own, join(home.vault, 'agent'));
  await expect(hold(home)).rejects.toMatchObject({ message: expect.stringMatching(/others can open/) });
  expect((await stat(own)).mode & 0o777).toBe(0o755);
});

test('an agent that can not start is an error, and the identity is not left behind', async () => {
  await using home = await temporaryVault();
  const broken = join(home.folder, 'broken.mjs');
  await writeFile(broken, 'process.exit(3)');
  const held = { identity: home.identity, fingerprint: 'x', expiresAt: Date.now() + 60_000 };
  const failing = startAgent({ vault: home.vault, held, program: [process.execPath, broken] });
  await expect(failing).rejects.toMatchObject({ code: 'unexpected' });
  await expect(
    startAgent({ vault: home.vault, held, program: [join(home.folder, 'none')] }),
  ).rejects.toMatchObject({
    code: 'unexpected',
  });
});
