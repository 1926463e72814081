import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'vitest';
import { type Running, type StartOptions, start } from '../../integration/cli/program.ts';

const script = join(import.meta.dirname, '../../../scripts/demo.ts');

/** Limits are for a busy machine: people sign in and a dozen keys are made. */
export const patience = 60_000;

/** A demo, with a folder that everything it writes should be in. */
export interface Demo extends AsyncDisposable {
  program: Running;
  /** What it has left where it writes. */
  left(): Promise<string[]>;
  /** The demo's own folder. */
  folder(): Promise<string>;
}

/** Starts the demo on a machine without a screen. @param program instead of the script with arguments */
export async function startDemo(
  args: string[],
  { env = {}, program = script }: { env?: NodeJS.ProcessEnv; program?: string } = {},
): Promise<Demo> {
  const { PATH, LANG } = process.env;
  const tmp = await mkdtemp(join(tmpdir(), 'vd-'));
  const options: StartOptions = { env: { PATH, LANG, HOME: join(tmp, 'nobody'), TMPDIR: tmp, ...env } };
  const running = start(process.execPath, [program, ...args], options);
  const left = () => readdir(tmp);
  return {
    program: running,
    left,
    async folder() {
      const name = (await left()).find((entry) => entry.startsWith('varvel-demo-'));
      if (name === undefined) throw new Error('The demo has no folder.');
      return join(tmp, name);
    },
    async [Symbol.asyncDispose]() {
      running.process.kill('SIGTERM');
      await running.ended;
      await rm(tmp, { recursive: true, force: true, maxRetries: 3 });
    },
  };
}

/** The processes that have a text in their arguments or variables, as `pid command`. */
export async function processesWith(text: string): Promise<string[]> {
  const found: string[] = [];
  for (const pid of (await readdir('/proc')).filter((name) => /^\d+$/.test(name))) {
    const [command = '', variables = ''] = await Promise.all(
      ['cmdline', 'environ'].map((name) => readFile(`/proc/${pid}/${name}`, 'latin1').catch(() => '')),
    );
    if (Number(pid) !== process.pid && `${command}\0${variables}`.includes(text))
      found.push(`${pid} ${command.replaceAll('\0', ' ')}`);
  }
  return found;
}

/** All that it started and wrote is gone. */
export async function expectNothingLeft(demo: Demo, folder: string): Promise<void> {
  expect(await demo.left()).toEqual([]);
  await expect.poll(() => processesWith(folder)).toEqual([]);
}
