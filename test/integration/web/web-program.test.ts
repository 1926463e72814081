import { chmod, readFile, writeFile } from 'node:fs/promises';
import { createConnection } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Machine, newMachine } from '../cli/machine.ts';
import { run } from '../cli/program.ts';
import { enter, installWeb, openTerminal, type WebProgram } from './web-program.ts';

const machine = newMachine({ vault: 'file' });
let program: WebProgram;
beforeAll(async () => {
  program = await installWeb();
});
afterAll(() => program[Symbol.asyncDispose]());

const link = /^http:\/\/127\.0\.0\.1:\d+\/open\/[\w-]{43}$/;

/** Names a program in BROWSER that notes what it is given. */
async function notingBrowser({ root }: Machine): Promise<{ command: string; opened(): Promise<string[]> }> {
  const command = join(root, 'browser');
  const file = join(root, 'opened');
  await writeFile(command, `#!/bin/sh\nprintf '%s\\n' "$1" >> '${file}'\n`);
  await chmod(command, 0o700);
  return {
    command,
    opened: async () => (await readFile(file, 'utf8').catch(() => '')).split('\n').filter(Boolean),
  };
}

it('prints its link as the first line and nothing else, and ends with 0 when it is told to', async () => {
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) {
    const { running, url, origin } = await program.start(machine());
    expect(url).toMatch(link);
    running.process.kill(signal);
    expect(await running.ended).toMatchObject({ code: 0, signal: null, stdout: `${url}\n`, stderr: '' });
    await expect(fetch(origin)).rejects.toThrow();
  }
});

it('with --json prints one line that is a document', async () => {
  const { running } = await program.start(machine(), ['--json', '--no-browser']);
  running.process.kill('SIGTERM');
  const { code, stdout } = await running.ended;
  expect(code).toBe(0);
  expect(stdout.trimEnd().split('\n')).toHaveLength(1);
  expect(JSON.parse(stdout)).toEqual({ url: expect.stringMatching(link) });
});

it('quits from the window: answers, ends with 0 at once and frees the port', async () => {
  const web = await program.start(machine());
  const call = await enter(web);
  expect(await call('app.start')).toMatchObject({ ok: { face: 'web' } });
  const idle = createConnection({ host: '127.0.0.1', port: Number(new URL(web.origin).port) });
  idle.on('error', () => undefined);
  const since = performance.now();
  expect(await call('app.quit')).toEqual({ ok: null });
  expect(await web.running.ended).toMatchObject({ code: 0, stderr: '' });
  expect(performance.now() - since).toBeLessThan(20_000);
  const again = await program.start(machine(), ['--no-browser', '--port', new URL(web.origin).port]);
  again.running.process.kill('SIGTERM');
  expect(await again.running.ended).toMatchObject({ code: 0 });
});

it('says which port is in use', async () => {
  const { running, origin } = await program.start(machine());
  const { port } = new URL(origin);
  const second = await run(process.execPath, [program.entry, 'web', '--port', port], { env: machine().env });
  expect(second).toMatchObject({ code: 8, stdout: '' });
  expect(second.stderr).toContain(`Port ${port} on 127.0.0.1 is in use.`);
  expect(second.stderr).toContain('hint: ');
  for (const wrong of ['65536', '-1', 'x', '1e3', '']) {
    const refused = await run(process.execPath, [program.entry, 'web', `--port=${wrong}`], {
      env: machine().env,
    });
    expect(refused, wrong).toMatchObject({ code: 2, stdout: '' });
  }
  running.process.kill('SIGTERM');
  await running.ended;
});

it('opens its link in the browser there is, and none with --no-browser', async () => {
  const browser = await notingBrowser(machine());
  const env = { BROWSER: browser.command };
  const { running, url } = await program.start(machine(), [], env);
  await expect.poll(browser.opened).toEqual([url]);
  running.process.kill('SIGTERM');
  await running.ended;

  const quiet = await program.start(machine(), ['--no-browser'], env);
  const call = await enter(quiet);
  expect(await call('app.openPage', { page: 'keys' })).toHaveProperty('error');
  quiet.running.process.kill('SIGTERM');
  await quiet.running.ended;
  expect(await browser.opened()).toEqual([url]);
});

const web = (): string => `'${process.execPath}' --no-warnings '${program.entry}' web --no-browser`;

it('Enter in its terminal prints a new link, and the one before is no longer good', async () => {
  using terminal = openTerminal(`exec ${web()}`, machine().env);
  const links = () => terminal.shown().match(/http:\S+\/open\/[\w-]{43}/g) ?? [];
  await expect.poll(() => links().length).toBe(1);
  terminal.type('\r');
  await expect.poll(() => links().length).toBe(2);
  const [first = '', second = ''] = links();
  expect((await fetch(first, { redirect: 'manual' })).status).toBe(410);
  expect((await fetch(second, { redirect: 'manual' })).status).toBe(303);
  terminal.type('\x03');
  expect(await terminal.ended).toBe(0);
});

it('goes on in the background of a terminal, which it then doesn’t read', async () => {
  const line = `bash -c 'set -m; ${web().replaceAll("'", '')} & read x; sleep 1; jobs; kill %1; wait %1; echo ended $?'`;
  using terminal = openTerminal(line, machine().env);
  await expect.poll(terminal.shown).toMatch(/\/open\//);
  terminal.type('\r');
  await expect.poll(terminal.shown).toMatch(/ended 0/);
  expect(terminal.shown()).toMatch(/Running/);
});
