import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { sharedMachine } from '../integration/cli/machine.ts';
import { run, varvelProgram } from '../integration/cli/program.ts';
import { keyOf } from '../integration/sandbox/running.ts';
import { figure } from './figures.ts';
import { traces } from './traces.ts';

const keys = { one: '', two: '' };
const machine = sharedMachine({ vault: 'file' }, async (made) => {
  keys.one = (await keyOf(made.sandbox, 'falconers', 'API')).key;
  keys.two = (await keyOf(made.sandbox, 'falconers', 'ADMIN')).key;
  await made.varvelWith({ input: keys.one }, 'keys', 'add', 'one', '--stdin', '-p', 'one');
  await made.varvelWith({ input: keys.two }, 'keys', 'add', 'two', '--stdin', '-p', 'two');
  await made.varvel('switch', 'one');
});

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(machine().root, 'project-'));
});

const env = () => ({ FAL_CONFIG_PATH: join(folder, 'config.toml') });
const varvel = (...args: string[]) => machine().varvelWith({ cwd: folder, env: env() }, ...args);

/** The files that Varvel left beside another, and what they hold. */
const left = () => readdirSync(folder).filter((name) => name.startsWith('.varvel-'));
const leftText = () => left().map((name) => readFileSync(join(folder, name), 'utf8'));

/** A new file gets its name by a link, which replaces nothing; else it is renamed. */
type Call = 'link' | 'rename';

/** Kills a command before it puts its new file in place. Its first renames are those of the vault. */
async function killBeforeItIsInPlace(call: Call, args: string[]): Promise<void> {
  for (let nth = 1; nth <= 8 && left().length === 0; nth += 1) {
    const kill = `inject=${call}:signal=SIGKILL:error=EINTR:when=${nth}`;
    const strace = ['-f', '-o', '/dev/null', '-e', `trace=${call}`, '-e', kill];
    await run('strace', [...strace, varvelProgram, ...args], {
      cwd: folder,
      env: { ...machine().env, ...env() },
    });
  }
}

interface Attack {
  what: string;
  file: string;
  /** What the file holds before; null for none. */
  before: string | null;
  args: string[];
  call: Call;
}

const attacks: Attack[] = [
  { what: 'an export to a new file', file: '.env', before: null, args: ['export', '.env'], call: 'link' },
  { what: 'an export to a file', file: '.env', before: 'A=1\n', args: ['export', '.env'], call: 'rename' },
  {
    what: 'a key for fal’s own program',
    file: 'config.toml',
    before: '# mine\n',
    args: ['falcli', 'apply', '--with-key'],
    call: 'rename',
  },
];

test.runIf(traces).each(attacks)('$what that is killed leaves no key behind', async (attack) => {
  const { before, file, args, call } = attack;
  if (before !== null) writeFileSync(join(folder, file), before);
  await killBeforeItIsInPlace(call, args);
  // the attack is real
  expect(leftText()).toEqual([expect.stringContaining(keys.one)]);
  expect(await varvel('profiles', 'list')).toMatchObject({ code: 0 });
  expect(left()).toEqual([]);
  figure(13, attack.what, { 'writers killed with a key on the disk': 1, 'keys left': 0 });
});

test.runIf(traces)('an export that is taken back, and killed at it, leaves no key behind', async () => {
  writeFileSync(join(folder, '.env'), `FAL_KEY=${keys.two}\n`);
  expect(await varvel('export', '.env', '--force')).toMatchObject({ code: 0 });
  await killBeforeItIsInPlace('rename', ['export', '--undo', '.env']);
  expect(leftText()).toEqual([expect.stringContaining(keys.two)]);
  expect(await varvel('profiles', 'list')).toMatchObject({ code: 0 });
  expect(left()).toEqual([]);
});
