import { readdirSync, readFileSync, readlinkSync, realpathSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { newMachine } from '../integration/cli/machine.ts';
import { start } from '../integration/cli/program.ts';
import { keyOf } from '../integration/sandbox/running.ts';
import { installWeb, type WebProgram } from '../integration/web/web-program.ts';

let web: WebProgram;
beforeAll(async () => {
  web = await installWeb();
});
afterAll(() => web[Symbol.asyncDispose]());
const machine = newMachine({ vault: 'file' });

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

test('the signal on which Node opens its debugger opens none in `varvel web`, and doesn’t end it', async () => {
  // the attack is real
  const plain = start(process.execPath, ['-e', 'setInterval(() => {}, 1000); console.log("runs")'], {
    env: machine().env,
  });
  await plain.says(/runs/);
  plain.process.kill('SIGUSR1');
  await plain.says(/Debugger listening/);
  plain.process.kill();
  await plain.ended;

  const { running, origin } = await web.start(machine());
  for (let sent = 0; sent < 5; sent += 1) {
    running.process.kill('SIGUSR1');
    await pause(200);
  }
  expect((await fetch(origin)).status).toBeLessThan(500);
  expect(running.said().stderr).not.toContain('Debugger');
  running.process.kill('SIGTERM');
  expect(await running.ended).toMatchObject({ code: 0 });
});

test('nor in the program that holds an unlocked vault', async () => {
  const { varvel, varvelWith } = machine();
  const { key } = await keyOf(machine().sandbox, 'grace', 'API');
  expect(await varvelWith({ input: key }, 'keys', 'add', 'one', '--stdin')).toMatchObject({ code: 0 });
  expect(await varvel('vault', 'unlock')).toMatchObject({ code: 0 });
  const agents = readdirSync('/proc').filter(isOwnAgent);
  expect(agents.length).toBeGreaterThan(0);
  for (const pid of agents) process.kill(Number(pid), 'SIGUSR1');
  await pause(500);
  for (const pid of agents) expect(listensOnTcp(pid)).toBe(false);
  const locked = { env: { VARVEL_PASSPHRASE: '' } };
  expect(await varvelWith(locked, 'keys', 'reveal', 'one')).toMatchObject({ code: 0, stdout: `${key}\n` });
  expect(await varvel('vault', 'lock')).toMatchObject({ code: 0 });
});

/** Of this checkout's Node; another one's tests may run beside it. */
function isOwnAgent(pid: string): boolean {
  try {
    return (
      readFileSync(`/proc/${pid}/comm`, 'utf8') === 'varvel-agent\n' &&
      readlinkSync(`/proc/${pid}/exe`) === realpathSync(process.execPath)
    );
  } catch {
    return false;
  }
}

/** Field 4 of /proc/net/tcp is 0A for a socket that listens, field 10 its inode: see proc(5). */
function listensOnTcp(pid: string): boolean {
  const own = new Set(
    readdirSync(`/proc/${pid}/fd`).map((fd) => readlinkSync(`/proc/${pid}/fd/${fd}`).replace(/\D/g, '')),
  );
  return readFileSync(`/proc/${pid}/net/tcp`, 'utf8')
    .split('\n')
    .map((line) => line.trim().split(/\s+/))
    .some((fields) => fields[3] === '0A' && own.has(fields[9] ?? ''));
}
