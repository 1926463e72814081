import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { sharedMachine } from '../integration/cli/machine.ts';
import { kinds, openShell, pinnedFolder } from '../integration/hooks/shell-kinds.ts';
import { keyOf } from '../integration/sandbox/running.ts';

const keys: Record<'one' | 'two', string> = { one: '', two: '' };

const machine = sharedMachine({}, async (made) => {
  keys.one = (await keyOf(made.sandbox, 'falconers', 'API')).key;
  keys.two = (await keyOf(made.sandbox, 'falconers', 'ADMIN')).key;
  await made.varvelWith({ input: keys.one }, 'keys', 'add', 'one', '--stdin', '-p', 'one');
  await made.varvelWith({ input: keys.two }, 'keys', 'add', 'two', '--stdin', '-p', 'two');
});

beforeEach(async () => {
  await machine().varvel('switch', 'one');
});

/** Folder names that fish, or a careless script, splits or cuts. */
const names = ['a\nb', 'a\n', '\n', '\n\na', 'a b\n*', '-n\n/'];

/** A word of a shell, with line breaks as its own escapes. */
const quoted = (shell: string, path: string): string =>
  shell === 'fish' ? `'${path.replaceAll('\n', "'\\n'")}'` : `$'${path.replaceAll('\n', '\\n')}'`;

test.each(kinds)('$shell goes on in folders with line breaks, and finds their pins', async (kind) => {
  const home = machine().env.HOME ?? '/';
  await using shell = await openShell(machine(), kind);
  expect(await shell.variable('FAL_KEY')).toBe(keys.one);
  for (const [index, name] of names.entries()) {
    const folder = await pinnedFolder(machine(), `${kind.shell}-${index}/${name}`, 'two');
    for (const place of [folder, join(folder, 'deep', 'er')]) {
      await shell.type(`cd ${quoted(kind.shell, place)}`);
      expect(await shell.variable('FAL_KEY'), JSON.stringify(place)).toBe(keys.two);
      await shell.type(`cd ${home}`);
      expect(await shell.variable('FAL_KEY')).toBe(keys.one);
    }
  }
  // the neighbour whose name is the part before the line break has no say
  await mkdir(join(home, kind.shell, 'a\n'), { recursive: true });
  await pinnedFolder(machine(), join(kind.shell, 'a'), 'two');
  await shell.type(`cd ${quoted(kind.shell, join(home, kind.shell, 'a\n'))}`);
  expect(await shell.variable('FAL_KEY')).toBe(keys.one);
});

test.each(kinds)('$shell goes on 300 folders deep', async (kind) => {
  const deep = join(machine().env.HOME ?? '/', `${kind.shell}-deep`, ...Array<string>(300).fill('\nd'));
  await mkdir(deep, { recursive: true });
  await writeFile(join(deep, '.varvel'), 'profile = "two"\n');
  await using shell = await openShell(machine(), kind);
  await shell.type(`cd ${quoted(kind.shell, deep)}`);
  expect(await shell.variable('FAL_KEY')).toBe(keys.two);
});
