import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { commands } from '../../../../cli/commands.ts';
import { type Command, isGroup } from '../../../../cli/framework/command.ts';
import { globalOptions } from '../../../../cli/framework/global-options.ts';
import { mapConcurrent } from '../../../../core/map-concurrent.ts';
import { type Machine, sharedMachine } from '../machine.ts';

/** How often each command is tried. */
const tries = Number(process.env.VARVEL_FUZZ_TRIES ?? 3);
/** How long a command that serves or waits runs, in milliseconds. */
const patienceMs = 4000;

const machine = sharedMachine({ signedIn: ['ada'] }, async (made: Machine) => {
  await made.varvel('keys', 'create', 'bots', '--profile', 'staging');
  await made.varvel('switch', 'staging');
  await mkdir(join(made.root, 'a/b/c/folder'), { recursive: true });
  await writeFile(join(made.root, 'a/b/c/.env'), 'X=1\n');
  await writeFile(join(made.root, 'a/b/c/binary'), new Uint8Array([0, 255, 128, 10]));
});

const words = [
  '',
  ' ',
  '-',
  '.',
  '..',
  'x',
  '0',
  '-1',
  '1',
  '65536',
  '99999999999',
  '1e9',
  '7d',
  '0s',
  'NaN',
  '{}',
  '[',
  '=',
  'key=',
  'key=bots',
  'note=\u0000x',
  'host=',
  'host=api.x',
  'color=',
  'account=nobody',
  'ada',
  'staging',
  'bots',
  'falconers',
  'API',
  'python',
  'bash',
  'json',
  'folder',
  '.env',
  'binary',
  'binary/x',
  'missing/file',
  '/dev/null',
  '/dev/null/x',
  '/nonexistent',
  'é',
  '鷹',
  '🪶',
  'a\nb',
  '%s',
  '$(id)',
  '`id`',
  "'",
  '"',
  '\\',
  '__proto__',
  'constructor',
  'PATH',
  'FAL_HOST',
  'A=B',
  '1A',
  'x'.repeat(300),
  'é'.repeat(5000),
];
const word = fc.constantFrom(...words.filter((text) => !text.includes('\u0000')));

/** Arguments that the command's own table allows, and some that it doesn't. */
function argumentsOf({ options, positionals }: Command): fc.Arbitrary<string[]> {
  const all = { ...options, ...globalOptions };
  const names = Object.keys(all).filter((name) => !['help', 'debug'].includes(name));
  const option = fc.constantFrom(...names, 'nothing').chain((name): fc.Arbitrary<string[]> => {
    const given = all[name];
    if (given?.type !== 'string') return fc.constantFrom(`--${name}`, `--${name}=x`).map((text) => [text]);
    const value = given.choices ? fc.oneof(fc.constantFrom(...given.choices), word) : word;
    return value.map((text) => [`--${name}=${text}`]);
  });
  const most = positionals.length + (positionals.some(({ rest }) => rest) ? 2 : 1);
  return fc
    .tuple(fc.array(option, { maxLength: 3 }), fc.array(word, { maxLength: most }))

    .map(([given, plain]) => [
      ...given.flat(),
      ...(positionals[0]?.name.startsWith('--') ? ['--'] : []),
      ...plain,
    ]);
}

const all = Object.entries(commands).flatMap(([name, entry]) =>
  isGroup(entry)
    ? Object.entries(entry.commands).map(([verb, one]) => ({ path: [name, verb], load: one.load }))
    : [{ path: [name], load: entry.load }],
);

test.each(all)(
  '$path: no arguments end in an unexpected error',
  async ({ path, load }) => {
    const { command } = await load();
    const { varvelWith: _, start, root, env } = machine();
    await mapConcurrent(fc.sample(argumentsOf(command), tries), 2, async (given) => {
      const running = start(
        { cwd: join(root, 'a/b/c'), env: { BROWSER: 'true', HOME: env.HOME } },
        ...path,
        ...given,
      );
      const timer = setTimeout(() => running.process.kill('SIGKILL'), patienceMs);
      const { code, signal, stderr } = await running.ended;
      clearTimeout(timer);
      const about = JSON.stringify([...path, ...given]);
      expect(stderr, about).not.toMatch(/Unexpected error|"unexpected"|^\s+at /m);
      if (signal === null) expect([0, 1, 2, 3, 4, 5, 6, 7, 8, 126, 127, 130], about).toContain(code);
    });
  },
  120_000,
);
