import { execFileSync } from 'node:child_process';
import { chmodSync, linkSync, readFileSync, rmSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { expect, test } from 'vitest';
import { expectFailure } from '../contract.ts';
import { run, varvelProgram } from '../program.ts';
import { at, expectNoSecret, find, folder, id, key, machine, openShop, put, read, secret } from './shop.ts';

openShop();

test('--scrub changes the secrets and nothing else, and --undo puts every byte back', async () => {
  const before = {
    'a.env': `\ufeffX=1\r\nFAL_KEY="${key}"\r\n# end`,
    'b.yaml': `key: ${Buffer.from(key).toString('base64').replace(/.{76}/, '$&\n  ')}\n`,
    'c.json': JSON.stringify({ twice: `${key} ${key}`, url: encodeURIComponent(key) }),
  };
  for (const [name, text] of Object.entries(before)) put(name, text);
  put('d.txt', Buffer.from(`\ufeff${key}`, 'utf16le'));
  put('e.sqlite', Buffer.concat([Buffer.from('SQLite format 3\0'), Buffer.from(key)]));
  chmodSync(at('a.env'), 0o640);
  const outcome = await find('--scrub', '--yes');
  // the copy in the database stays
  expect(outcome.code).toBe(8);
  expectNoSecret(outcome);
  expect(read('a.env')).toBe(`\ufeffX=1\r\nFAL_KEY="${id}:removed_by_varvel"\r\n# end`);
  expect(statSync(at('a.env')).mode & 0o777).toBe(0o640);
  expect(JSON.parse(read('c.json')).twice).toBe(`${id}:removed_by_varvel ${id}:removed_by_varvel`);
  expect(readFileSync(at('d.txt')).toString('utf16le')).toBe(`\ufeff${id}:removed_by_varvel`);
  expect(read('b.yaml')).toHaveLength(before['b.yaml'].length);
  const again = await find();
  expect(again.stdout.trim().split('\n')).toHaveLength(1);
  expect(again.stdout).toMatch(/e\.sqlite:1\t.*not a text file/);
  const { stdout } = await machine().varvel('activity', '--json');
  expect(stdout).toContain('3 scrubbed in');
  expect(stdout).not.toContain(secret);

  expect(await find('--undo')).toMatchObject({ code: 0 });
  for (const [name, text] of Object.entries(before)) expect(read(name)).toBe(text);
  expect(readFileSync(at('d.txt')).toString('utf16le')).toBe(`\ufeff${key}`);
  expectFailure(await find('--undo'), 4, /nothing to undo/, /20/);
});

test('a reference of one’s own elsewhere in the file is not taken for the key’s place', async () => {
  const own = `curl -H "Authorization: Key \${FAL_KEY}" https://fal.run/y\n`;
  put('run.sh', `#!/bin/sh\nA=1\ncurl -H "Authorization: Key ${key}" https://fal.run/x\nB=2\n${own}`);
  const before = read('run.sh');
  await find('--replace', '--yes');
  const replaced = read('run.sh');
  put('run.sh', `#!/bin/sh\nB=2\n${own}`);
  const undone = await find('--undo');
  expect(undone).toMatchObject({
    code: 8,
    stderr: expect.stringMatching(/run\.sh has changed where the key was/),
  });
  expect(read('run.sh')).toBe(`#!/bin/sh\nB=2\n${own}`);
  // the lines beside it may have changed
  put('run.sh', replaced.replace('A=1', 'A=12').replace('B=2', 'B=3'));
  expect(await find('--undo')).toMatchObject({ code: 0 });
  expect(read('run.sh')).toBe(before.replace('A=1', 'A=12').replace('B=2', 'B=3'));
});

test('a removal that can’t be undone now keeps none before it from being undone', async () => {
  put('first.env', `FAL_KEY=${key}\n`);
  await find(at('first.env'), '--scrub', '--yes');
  put('second.env', `FAL_KEY=${key}\n`);
  await find(at('second.env'), '--scrub', '--yes');
  rmSync(at('second.env'));
  const gone = await find('--undo');
  expect(gone).toMatchObject({ code: 8, stderr: expect.stringMatching(/second\.env isn’t there any more/) });
  expect(await find('--undo')).toMatchObject({ code: 0 });
  expect(read('first.env')).toBe(`FAL_KEY=${key}\n`);
  put('second.env', `FAL_KEY=${id}:removed_by_varvel\n`);
  expect(await find('--undo')).toMatchObject({ code: 0 });
  expect(read('second.env')).toBe(`FAL_KEY=${key}\n`);
});

test('a file with another name is left, and said: the other name would keep the key', async () => {
  put('a.env', `FAL_KEY=${key}\n`);
  linkSync(at('a.env'), at('b.env'));
  const outcome = await find(at('a.env'), '--scrub', '--yes');
  expect(outcome.code).toBe(8);
  expect(outcome.stdout + outcome.stderr).toMatch(/has 2 names \(hard links\)/);
  expect(read('a.env')).toBe(`FAL_KEY=${key}\n`);
});

test('a reader that leaves early stops no removal, and hides no copy from the exit code', async () => {
  put('a.env', `FAL_KEY=${key}\n`);
  const withoutReader = (...args: string[]) =>
    run('bash', ['-c', 'set -o pipefail; "$@" | true', 'bash', varvelProgram, 'find', ...args], {
      cwd: folder,
      env: { ...machine().env, HOME: dirname(folder) },
    });
  expect((await withoutReader()).code).toBe(8);
  expect((await withoutReader('--scrub', '--yes')).code).toBe(0);
  expect(read('a.env')).toBe(`FAL_KEY=${id}:removed_by_varvel\n`);
});

test('--replace puts a reference where the file’s kind has one', async () => {
  put('.env', `A=1\nFAL_KEY=${key}\nB=2\n`);
  put(
    'run.sh',
    `#!/bin/sh\nexport FAL_KEY='${key}'\ncurl -H "Authorization: Key ${key}" x\ncurl -H 'Authorization: Key ${key}' x\n`,
  );
  put('compose.yaml', `environment:\n  FAL_KEY: ${key}\n`);
  put('.mcp.json', `{"env":{"FAL_KEY":"${key}"}}`);
  put('main.mjs', `fal.config({ credentials: '${key}' });\n`);
  put('notes.md', `The key is ${key}.\n`);
  const outcome = await find('--replace', '--yes');
  expectNoSecret(outcome);
  expect(outcome.code).toBe(8);
  expect(outcome.stderr).toMatch(/1 copy can’t be replaced by a reference/);
  expect(read('.env')).toBe('A=1\nB=2\n');
  expect(read('run.sh')).toBe(
    `#!/bin/sh\ncurl -H "Authorization: Key \${FAL_KEY}" x\ncurl -H 'Authorization: Key '"\${FAL_KEY}"'' x\n`,
  );
  expect(read('compose.yaml')).toBe(`environment:\n  FAL_KEY: \${FAL_KEY}\n`);
  expect(read('.mcp.json')).toBe(`{"env":{"FAL_KEY":"\${FAL_KEY}"}}`);
  expect(read('main.mjs')).toBe('fal.config({ credentials: process.env.FAL_KEY });\n');
  expect(read('notes.md')).toContain(key);
  // a line that was removed is put back where it was, though the file has changed
  put('.env', `NEW=0\n${read('.env')}C=3\n`);
  await find('--undo');
  expect(read('.env')).toBe(`NEW=0\nA=1\nFAL_KEY=${key}\nB=2\nC=3\n`);
  expect(read('compose.yaml')).toContain(key);
});

test('--replace leaves no shell’s file that the shell can’t read', async () => {
  const line = `export FAL_KEY=${key}`;
  const blocks = [
    `if [ -d ~ ]; then\n# for the shop\n${line}\nfi`,
    `if [ -d ~ ]; then # at home\n${line}\n${line}\n\n# elsewhere\nelse\n${line}\nfi`,
    `while\n${line}\ndo\n${line}\ndone`,
    `shop() {\n\n${line}\n# that is all\n}`,
    `shop()\n{ # begins\n${line}\n}`,
    `(\n${line}\n)`,
    `case $1 in\na)\n${line}\n;;\n*)\n${line}\nesac`,
  ];
  for (const [index, block] of blocks.entries()) put(`${index}.sh`, `${block}\n`);
  put('.bashrc', `${blocks.join('\n')}\n${line}\n`);
  expect(await find('--replace', '--yes')).toMatchObject({ code: 0 });
  for (const name of ['.bashrc', ...blocks.map((_, index) => `${index}.sh`)]) {
    expect(read(name)).not.toContain(key);
    for (const shell of ['bash', 'sh', 'zsh']) execFileSync(shell, ['-n', at(name)], { stdio: 'pipe' });
  }
});

test('nothing is changed without a yes', async () => {
  put('.env', `FAL_KEY=${key}\n`);
  expectFailure(await find('--scrub'), 2, /changes files/, /--yes/);
  expect(read('.env')).toContain(key);
});
