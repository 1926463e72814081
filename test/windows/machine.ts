import { copyFile, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, inject } from 'vitest';
import type * as z from 'zod/mini';
import { type Sandbox, startSandbox } from '../../sandbox/start.ts';
import { createPlainBrowser } from '../integration/sandbox/plain-browser.ts';
import { type Driver, nodeProgram, startDriver, type WindowsEnded, type WindowsRunning } from './driver.ts';

export interface RunOptions {
  /** Variables beside the machine's own; undefined takes one away. */
  env?: Record<string, string | undefined>;
  cwd?: string;
  input?: string;
}

/** A person's Windows: an empty profile folder, a vault, and a sandbox instead of fal. */
export interface WindowsMachine {
  readonly sandbox: Sandbox;
  /** The user's folder, as Windows names it. */
  readonly user: string;
  readonly env: Record<string, string>;
  /** Where a Windows path is on this machine. */
  here(path: string): string;
  /** Runs the command line as its .cmd file does. */
  varvel(...args: string[]): Promise<WindowsEnded>;
  varvelWith(options: RunOptions, ...args: string[]): Promise<WindowsEnded>;
  start(options: RunOptions, ...args: string[]): WindowsRunning;
  /** Runs any program. */
  run(program: string, args: string[], options?: RunOptions): Promise<WindowsEnded>;
  /** Runs a line of cmd, as a person types it. */
  cmd(line: string, options?: RunOptions): Promise<WindowsEnded>;
  /** Runs it with --json and decodes the document. @throws when it fails */
  json<Schema extends z.ZodMiniType>(schema: Schema, ...args: string[]): Promise<z.infer<Schema>>;
  /** Signs a person in by the loopback flow, as a browser would. */
  signIn(person: string, connection: string): Promise<WindowsEnded>;
}

const program = 'C:\\Program Files\\Värvel App';

/** The command line, for cmd. */
export const varvelCmd = `${program}\\bin\\varvel.cmd`;

export const vaultPassphrase = 'correct horse battery staple';

/** Tests in Windows; skipped, and counted so, where Windows can't run. */
export const describeOnWindows = describe.skipIf(inject('windows') === null);

export interface MachineOptions {
  vault: 'keychain' | 'file';
  /** Who is signed in before the tests. */
  signedIn?: string;
  prepare?: (machine: WindowsMachine) => Promise<void>;
}

/** One machine for all tests of a group. */
export function windowsMachine(options: MachineOptions): () => WindowsMachine {
  const world = inject('windows');
  let sandbox: Sandbox | undefined;
  let driver: Driver | undefined;
  let machine: WindowsMachine | undefined;
  let folder: string | undefined;
  beforeAll(async () => {
    if (world === null) return;
    sandbox = await startSandbox();
    driver = await startDriver(world);
    await mkdir(join(world.drive, 'people'), { recursive: true });
    folder = await mkdtemp(join(world.drive, 'people', 'Ada Lovelåce '));
    machine = await makeMachine(world.drive, folder, sandbox, driver, options.vault);
    if (options.signedIn) {
      const { code, stderr } = await machine.signIn(options.signedIn, 'github');
      expect({ code, stderr }).toMatchObject({ code: 0 });
    }
    await options.prepare?.(machine);
  });
  beforeEach(({ skip }) => skip(Date.now() > inject('windowsUntil'), 'the five minutes are over'));
  afterAll(async () => {
    // ends the agent, which would go on
    if (options.vault === 'file') await machine?.varvel('vault', 'lock');
    await driver?.[Symbol.asyncDispose]();
    await sandbox?.close();
    if (folder !== undefined) await rm(folder, { recursive: true, force: true, maxRetries: 3 });
  });
  return () => {
    if (!machine) throw new Error('no machine');
    return machine;
  };
}

async function makeMachine(
  drive: string,
  folder: string,
  sandbox: Sandbox,
  driver: Driver,
  vault: 'keychain' | 'file',
): Promise<WindowsMachine> {
  const user = `C:\\${relative(drive, folder).replaceAll('/', '\\')}`;
  const here = (path: string) => join(drive, ...path.replace(/^C:\\/i, '').split('\\'));
  for (const name of ['AppData\\Roaming', 'AppData\\Local\\Temp', 'Documents'])
    await mkdir(here(`${user}\\${name}`), { recursive: true });
  await copyFile(sandbox.environmentPath, here(`${user}\\environment.json`));
  const env: Record<string, string> = {
    SystemRoot: 'C:\\windows',
    SystemDrive: 'C:',
    ComSpec: 'C:\\windows\\system32\\cmd.exe',
    PATH: 'C:\\windows\\system32;C:\\windows',
    PATHEXT: '.COM;.EXE;.BAT;.CMD',
    USERNAME: 'ada',
    USERPROFILE: user,
    HOMEDRIVE: 'C:',
    HOMEPATH: user.slice(2),
    APPDATA: `${user}\\AppData\\Roaming`,
    LOCALAPPDATA: `${user}\\AppData\\Local`,
    TEMP: `${user}\\AppData\\Local\\Temp`,
    TMP: `${user}\\AppData\\Local\\Temp`,
    ProgramFiles: 'C:\\Program Files',
    ProgramData: 'C:\\ProgramData',
    VARVEL_ENVIRONMENT: `${user}\\environment.json`,
    VARVEL_VAULT: vault,
    ...(vault === 'file' && { VARVEL_PASSPHRASE: vaultPassphrase }),
  };
  const begin = (file: string, args: readonly string[], options: RunOptions, verbatim = false) => {
    const { env: more = {}, cwd = user, input } = options;
    const kept = Object.entries({ ...env, ...more }).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, value] as const],
    );
    return driver.start({
      program: file,
      args,
      env: Object.fromEntries(kept),
      cwd,
      verbatim,
      ...(input !== undefined && { input }),
    });
  };
  const start = (options: RunOptions, ...args: string[]) =>
    begin(
      nodeProgram,
      ['--disable-warning=ExperimentalWarning', `${program}\\dist\\cli\\varvel.cjs`, ...args],
      options,
    );
  const varvelWith = (options: RunOptions, ...args: string[]) => start(options, ...args).ended;
  return {
    sandbox,
    user,
    env,
    here,
    start,
    varvelWith,
    varvel: (...args) => varvelWith({}, ...args),
    run: (file, args, options = {}) => begin(file, args, options).ended,
    cmd: (line, options = {}) =>
      begin('C:\\windows\\system32\\cmd.exe', ['/d', '/s', '/c', `"${line}"`], options, true).ended,
    async json(schema, ...args) {
      const { code, stdout, stderr } = await varvelWith({}, ...args, '--json');
      expect({ code, stderr }).toMatchObject({ code: 0 });
      return schema.parse(JSON.parse(stdout));
    },
    async signIn(person, connection) {
      const login = start({}, 'login', '--flow', 'loopback', '--connection', connection, '--no-browser');
      const [, url = ''] = await login.says(/(http:\/\/\S+)/);
      const browser = createPlainBrowser();
      await browser.follow(await browser.open(url), `data-person="${person}"`);
      return login.ended;
    },
  };
}
