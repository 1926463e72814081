import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { passphrase, temporaryFolder, temporaryVault } from './temporary.ts';
import { type ChildOptions, callOnce, childCommand, codeOf } from './vault-process.ts';

const secret = 'id:the secret';

async function vaultWithSecret() {
  const home = await temporaryVault();
  await home.store.set('key/a', secret);
  const get: ChildOptions = { kind: 'file', folder: home.folder, once: ['get', 'key/a'] };
  return { ...home, get };
}

/** Runs the process on a terminal of its own, and types a line whenever it shows a question. */
async function onTerminal(options: ChildOptions, typed: string[], env = process.env) {
  const terminal = spawn('script', ['-qec', childCommand, '/dev/null'], {
    env: { ...env, VAULT_CHILD: JSON.stringify({ ...options, ask: true }) },
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  let shown = '';
  let read = 0;
  terminal.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    shown += chunk;
    for (let at = shown.indexOf(': ', read); at >= 0; at = shown.indexOf(': ', read)) {
      read = at + 1;
      const line = typed.shift();
      if (line !== undefined) terminal.stdin.write(line);
    }
  });
  await once(terminal, 'close');
  return { shown, exitCode: terminal.exitCode };
}

test('it is taken from VARVEL_PASSPHRASE, before anything else', async () => {
  await using home = await vaultWithSecret();
  const env = { ...process.env, VARVEL_PASSPHRASE: passphrase, VARVEL_PASSPHRASE_FILE: '/nowhere' };
  expect((await callOnce(home.get, env)).answer).toEqual({ value: secret });
});

test.each([
  ['with a line end', `${passphrase}\n`],
  ['with a Windows line end', `${passphrase}\r\n`],
  ['without one', passphrase],
])('it is taken from a file %s', async (_, content) => {
  await using home = await vaultWithSecret();
  const file = join(home.folder, 'passphrase');
  await writeFile(file, content, { mode: 0o600 });
  const { answer, said } = await callOnce(home.get, { ...process.env, VARVEL_PASSPHRASE_FILE: file });
  expect(answer).toEqual({ value: secret });
  expect(said).toEqual([]);
});

test('an empty VARVEL_PASSPHRASE doesn’t hide the file', async () => {
  await using home = await vaultWithSecret();
  const file = join(home.folder, 'passphrase');
  await writeFile(file, passphrase, { mode: 0o600 });
  const env = { ...process.env, VARVEL_PASSPHRASE: '', VARVEL_PASSPHRASE_FILE: file };
  expect((await callOnce(home.get, env)).answer).toEqual({ value: secret });
});

test('a file that others may read works, with a warning', async () => {
  await using home = await vaultWithSecret();
  const file = join(home.folder, 'passphrase');
  await writeFile(file, passphrase);
  await chmod(file, 0o644);
  const { answer, said } = await callOnce(home.get, { ...process.env, VARVEL_PASSPHRASE_FILE: file });
  expect(answer).toEqual({ value: secret });
  expect(said).toEqual([expect.stringContaining('Other users can read the passphrase')]);
});

test('a passphrase file that is missing, empty or endless is refused by name', async () => {
  await using home = await vaultWithSecret();
  const empty = join(home.folder, 'empty');
  await writeFile(empty, '\n', { mode: 0o600 });
  for (const file of [join(home.folder, 'none'), empty, '/dev/zero', home.folder]) {
    const { answer, exitCode } = await callOnce(home.get, { ...process.env, VARVEL_PASSPHRASE_FILE: file });
    expect([codeOf(answer), exitCode]).toEqual(['vault_locked', 5]);
    expect(JSON.stringify(answer)).toContain(file);
  }
});

test('an empty passphrase is refused, and sets nothing up', async () => {
  await using home = await temporaryFolder();
  const options: ChildOptions = { kind: 'file', folder: home.folder, once: ['prepare'] };
  const { answer } = await callOnce(options, { ...process.env, VARVEL_PASSPHRASE: '' });
  expect(codeOf(answer)).toBe('vault_locked');
  expect(await readdir(home.folder)).toEqual([]);
});

test('without a variable and a terminal the vault is locked, and the hint names the variables', async () => {
  await using home = await vaultWithSecret();
  const { answer } = await callOnce(home.get, process.env);
  expect(codeOf(answer)).toBe('vault_locked');
  expect(JSON.stringify(answer)).toMatch(/vault unlock.*VARVEL_PASSPHRASE_FILE.*VARVEL_PASSPHRASE/);
});

test('typed on the terminal it opens the vault and is not shown; a slip can be mended', async () => {
  await using home = await vaultWithSecret();
  const { shown, exitCode } = await onTerminal(home.get, [`rubbish\u0015${passphrase}xy\u007f\u007f\r`]);
  expect(shown).toContain(secret);
  expect(shown).not.toContain(passphrase);
  expect(shown).not.toContain('rubbish');
  expect(exitCode).toBe(0);
});

test('a new vault asks twice, again when the two differ or are empty', async () => {
  await using home = await temporaryFolder();
  const options: ChildOptions = { kind: 'file', folder: home.folder, once: ['set', 'key/a', secret] };
  const typed = ['\r', 'one\r', 'other\r', `${passphrase}\r`, `${passphrase}\r`];
  const { shown, exitCode } = await onTerminal(options, typed);
  expect(exitCode).toBe(0);
  expect(shown).not.toContain(passphrase);
  const env = { ...process.env, VARVEL_PASSPHRASE: passphrase };
  expect((await callOnce({ ...options, once: ['get', 'key/a'] }, env)).answer).toEqual({ value: secret });
});

test('Ctrl-C at the question cancels, and sets nothing up', async () => {
  await using home = await temporaryFolder();
  const options: ChildOptions = { kind: 'file', folder: home.folder, once: ['prepare'] };
  const { shown } = await onTerminal(options, ['abc\u0003']);
  expect(shown).toContain('"code":"cancelled"');
  expect(await readdir(home.folder)).toEqual([]);
});
