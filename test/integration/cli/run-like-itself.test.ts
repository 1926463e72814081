import { expect, test } from 'vitest';
import { keyOf } from '../sandbox/running.ts';
import { sharedMachine } from './machine.ts';
import { run, varvelProgram } from './program.ts';

// the passphrase vault's code touches stderr, as the keychain's doesn't
const machine = sharedMachine({ vault: 'file', signedIn: ['ada'] }, async (made) => {
  const { key } = await keyOf(made.sandbox, 'falconers', 'API');
  await made.varvelWith({ input: key }, 'keys', 'add', 'bots', '--stdin', '-p', 'bots');
  await made.varvel('switch', 'bots');
});

/** Runs shell words in which `varvel run` stands as $RUN. */
const inShell = (words: string, how = '') =>
  run('sh', ['-c', words], { env: { ...machine().env, RUN: `${varvelProgram} run ${how} --` } });

const ways = [[''], ['--temporary --account falconers']];

test.runIf(process.platform === 'linux').each(ways)(
  'a command’s pipes wait for a slow reader, as without Varvel %s',
  async (how) => {
    const flags = `grep -h flags /proc/self/fdinfo/1 /proc/self/fdinfo/2`;
    const plain = await inShell(`sh -c '${flags}' 2>&1 | cat`);
    const { stdout } = await inShell(`$RUN sh -c '${flags}' 2>&1 | cat`, how);
    expect(stdout.match(/flags.*/g)).toEqual(plain.stdout.match(/flags.*/g));
    const lines = 60_000;
    const slow = await inShell(`$RUN seq 1 ${lines} 2>&1 | { sleep 1; wc -l; }`, how);
    expect(slow.stdout.trim()).toBe(String(lines));
  },
);

test.runIf(process.platform === 'linux').each(ways)(
  'a command ignores the signals that it would ignore without Varvel %s',
  async (how) => {
    const ignored = `grep SigIgn /proc/self/status`;
    for (const before of ['', "trap '' HUP;", "trap '' INT QUIT HUP;"]) {
      const plain = await inShell(`${before} sh -c '${ignored}; true'`);
      const ours = await inShell(`${before} $RUN sh -c '${ignored}; echo "\${VARVEL_IGNORED-}"'`, how);
      expect(plain.stdout).toMatch(/^SigIgn:\t0+[0-7]\n$/);
      expect(ours.stdout).toBe(`${plain.stdout}\n`);
    }
    const missing = await inShell(`trap '' HUP; $RUN no-such-program`, how);
    expect(missing).toMatchObject({ code: 127, stderr: expect.stringMatching(/not found/) });
  },
);

test.runIf(process.platform === 'linux')('a job under nohup survives its terminal', async () => {
  const job = `nohup $RUN sh -c 'kill -HUP $$; kill -HUP $PPID; sleep 0.2; echo alive' 2>/dev/null`;
  expect((await inShell(job)).stdout).toContain('alive');
  expect((await inShell(job, '--temporary --account falconers')).stdout).toContain('alive');
});
