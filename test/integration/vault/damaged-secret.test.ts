import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { secretName } from '../../../core/ports.ts';
import { expectFailure } from '../cli/contract.ts';
import { newMachine } from '../cli/machine.ts';

const machine = newMachine({ vault: 'file' });

const one = 'aaaaaaaa-0000-4000-8000-000000000001:0123456789abcdef0123456789abcdef';
const two = 'bbbbbbbb-0000-4000-8000-000000000002:fedcba9876543210fedcba9876543210';
const idOf = (key: string) => key.split(':')[0] ?? '';
const at = (name: string) => join(machine().root, name);
const varvel = (...args: string[]) => machine().varvel(...args);

/** The file of a key's secret. */
const fileOf = (key: string) =>
  join(
    machine().data,
    'vault',
    'items',
    `${createHash('sha256')
      .update(secretName.key(idOf(key)))
      .digest('hex')}.age`,
  );

beforeEach(async () => {
  for (const [alias, key] of [
    ['one', one],
    ['two', two],
  ] as const)
    await machine().varvelWith({ input: key }, 'keys', 'add', alias, '--stdin', '-p', alias);
});

test('a damaged secret stops no backup of the others, and comes back from one', async () => {
  expect(await varvel('backup', at('whole.age'))).toMatchObject({ code: 0 });
  writeFileSync(fileOf(one), 'rubbish');
  expectFailure(await varvel('env', 'one'), 5, /damaged/, /backup/);
  const { stdout } = await varvel('backup', at('partial.age'), '--json');
  expect(JSON.parse(stdout)).toMatchObject({ keys: 1, without_secret: [idOf(one)] });
  // not from a backup without it, and nothing is lost
  expect((await varvel('restore', at('partial.age'))).stdout).toMatch(/key\tone\tThe backup doesn’t have/);
  expect(readFileSync(fileOf(one), 'utf8')).toBe('rubbish');
  const restored = await varvel('restore', at('whole.age'), '--json');
  expect(JSON.parse(restored.stdout).keys).toMatchObject([{ outcome: 'new' }, { outcome: 'same' }]);
  for (const [alias, key] of [
    ['one', one],
    ['two', two],
  ] as const)
    expect(await varvel('keys', 'reveal', alias)).toMatchObject({ stdout: `${key}\n` });
});

test('a damaged secret stops no search for the other keys, only one for it alone, and a commit', async () => {
  const folder = at('shop');
  mkdirSync(folder);
  writeFileSync(join(folder, '.env'), `A=${one}\nB=${two}\n`);
  writeFileSync(fileOf(one), 'rubbish');
  const found = await varvel('find', folder);
  expect(found).toMatchObject({ code: 8, stdout: expect.stringContaining(idOf(two)) });
  expect(found.stderr).toMatch(/Key one was not searched for: its secret is damaged in the vault/);
  expectFailure(await varvel('find', folder, '--key', 'one'), 5, /damaged/, /backup/);
  execFileSync('git', ['init', '-q'], { cwd: folder });
  const staged = await machine().varvelWith({ cwd: folder }, 'find', '--staged');
  expectFailure(staged, 5, /damaged/, /backup/);
});

test('a damaged secret is not gone: adding its key again is refused, and the file stays', async () => {
  writeFileSync(fileOf(one), 'rubbish');
  const add = await machine().varvelWith({ input: one }, 'keys', 'add', '--stdin');
  expectFailure(add, 5, /damaged/, /backup/);
  expect(readFileSync(fileOf(one), 'utf8')).toBe('rubbish');
});
