import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'smol-toml';
import { beforeEach, expect, test } from 'vitest';
import { createLocks } from '../../../platform/process/locks.ts';
import { newMachine } from '../cli/machine.ts';
import { run, varvelProgram } from '../cli/program.ts';

const machine = newMachine({ vault: 'file' });
const config = () => join(machine().env.HOME ?? '', '.fal', 'config.toml');
const inFile = () => parse(readFileSync(config(), 'utf8')).__internal__;

beforeEach(async () => {
  for (const name of ['a', 'b', 'c']) await machine().varvel('profiles', 'create', name);
  await machine().varvel('switch', 'a');
  mkdirSync(join(machine().env.HOME ?? '', '.fal'));
  writeFileSync(config(), '');
  expect(await machine().varvel('falcli', 'apply', '--in-step')).toMatchObject({ code: 0 });
});

/** Switches to b in a terminal that is closed before the fal CLI's file can follow. */
async function closeTerminalOnSwitch(): Promise<void> {
  await createLocks(machine().data).exclusive('falcli', async () => {
    const program = machine().start({}, 'switch', 'b');
    await expect
      .poll(() => readFileSync(join(machine().data, 'current'), 'utf8'), { timeout: 20_000 })
      .toMatch(/ b$/m);
    program.process.kill('SIGHUP');
    expect(await program.ended).toMatchObject({
      signal: 'SIGHUP',
      stderr: expect.not.stringContaining('Switched'),
    });
  });
  expect(inFile()).toEqual({ profile: 'a' });
}

test('a terminal that is closed during a switch keeps the fal CLI on the other profile only until the next command', async () => {
  await closeTerminalOnSwitch();
  // what runs in a prompt or a script's loop doesn't write
  for (const command of ['current', 'env']) await machine().varvel(command);
  expect(inFile()).toEqual({ profile: 'a' });
  await machine().varvel('doctor');
  expect(inFile()).toEqual({ profile: 'b' });
  // once: what another program sets from now on stays
  writeFileSync(config(), '[__internal__]\n');
  await machine().varvel('profiles', 'list');
  expect(inFile()).toEqual({});
});

test('a switch that was interrupted changes nothing that somebody chose since', async () => {
  await closeTerminalOnSwitch();
  expect(await machine().varvel('falcli', 'apply', 'c')).toMatchObject({ code: 0 });
  await machine().varvel('profiles', 'list');
  expect(inFile()).toEqual({ profile: 'c' });
  await machine().varvel('switch', 'a');
  await closeTerminalOnSwitch();
  await machine().varvel('falcli', 'apply', '--no-in-step');
  expect(await machine().varvel('falcli', 'apply', 'a', '--in-step')).toMatchObject({ code: 0 });
  await machine().varvel('profiles', 'list');
  expect(inFile()).toEqual({ profile: 'a' });
});

test('the window too lets the fal CLI follow a switch that was interrupted', async () => {
  await closeTerminalOnSwitch();
  const window = machine().start({}, 'web', '--no-browser');
  try {
    await expect.poll(inFile, { timeout: 20_000 }).toEqual({ profile: 'b' });
  } finally {
    window.process.kill('SIGTERM');
    await window.ended;
  }
});

test('the fal CLI follows a switch whose reader has gone', async () => {
  const script = 'set -o pipefail; "$@" | true';
  const { code } = await run('bash', ['-c', script, 'bash', varvelProgram, 'switch', 'b', '--json'], {
    env: machine().env,
  });
  expect(code).toBe(0);
  expect(inFile()).toEqual({ profile: 'b' });
});
