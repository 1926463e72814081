import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { beforeEach, expect } from 'vitest';
import { formsOfKey, found as foundIn } from '../../promises/canary.ts';
import { keyOf } from '../../sandbox/running.ts';
import { type Machine, sharedMachine } from '../machine.ts';

export let key = '';
export let secret = '';
export let id = '';
export let machine: () => Machine;

export let folder = '';
let count = 0;
export const at = (name: string) => join(folder, name);

/** Gives a test file a machine with a key, and each of its tests a new folder. Called once, at the top of the file. */
export function openShop(): void {
  machine = sharedMachine({}, async (made) => {
    ({ key } = await keyOf(made.sandbox, 'falconers', 'API'));
    [id = '', secret = ''] = key.split(':');
    await made.varvelWith({ input: key }, 'keys', 'add', 'bots', '--stdin', '-p', 'studio');
  });
  beforeEach(() => {
    count += 1;
    folder = join(machine().root, `person-${count}`, 'shop');
    mkdirSync(folder, { recursive: true });
  });
}

export function put(name: string, text: string | Buffer): string {
  mkdirSync(dirname(at(name)), { recursive: true });
  writeFileSync(at(name), text);
  return at(name);
}

export const read = (name: string): string => readFileSync(at(name), 'utf8');

/** In the folder, which is in a home folder of its own. */
export const find = (...args: string[]) => findIn(folder, ...args);

export const findIn = (cwd: string, ...args: string[]) =>
  machine().varvelWith({ cwd, env: { HOME: dirname(folder) } }, 'find', ...args);

export const git = (...args: string[]): string =>
  execFileSync('git', args, {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'pipe'],
    encoding: 'utf8',
    env: { PATH: process.env.PATH, HOME: folder, GIT_CONFIG_GLOBAL: '/dev/null' },
  }).trim();

export function startRepository(...options: string[]): void {
  git('init', '-q', ...options);
  git('config', 'user.email', 'a@b.c');
  git('config', 'user.name', 'a');
}

/** Neither stream holds the secret, in any form. */
export function expectNoSecret({ stdout, stderr }: { stdout: string; stderr: string }): void {
  expect(foundIn(Buffer.from(stdout + stderr), formsOfKey('the key', key))).toEqual([]);
}
