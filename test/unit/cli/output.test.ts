import { expect, test } from 'vitest';
import { exitCode } from '../../../cli/framework/exit-code.ts';
import { createOutput } from '../../../cli/framework/output.ts';
import { hasFlag } from '../../../cli/framework/parse.ts';
import { refuseSecrets } from '../../../cli/framework/secret-in-arguments.ts';
import type { ErrorCode } from '../../../core/model/error.ts';

/** An output whose words stay here. */
function recorded(isTerminal: boolean) {
  const said = { stdout: '', stderr: '' };
  const stream = (name: 'stdout' | 'stderr') => ({
    isTerminal,
    write: (text: string) => {
      said[name] += text;
    },
    paint: (_: unknown, text: string) => text,
  });
  return { said, output: createOutput({ stdout: stream('stdout'), stderr: stream('stderr') }, false) };
}

const columns = [
  { title: 'NAME', text: ([name]: readonly string[]) => name ?? '' },
  { title: 'NOTE', text: ([, note]: readonly string[]) => note ?? '' },
];
const esc = '\u001b';

test('columns are aligned, wide characters and emoji count two', () => {
  const { said, output } = recorded(true);
  output.table(columns, [
    ['a', '1'],
    ['鷹匠', '2'],
    ['🪶', '3'],
    ['e\u0301te\u0301', '4'],
  ]);
  expect(said.stdout).toBe('NAME  NOTE\na     1\n鷹匠  2\n🪶    3\ne\u0301te\u0301   4\n');
});

test('a pipe gets rows without titles and without blanks at their ends', () => {
  const { said, output } = recorded(false);
  output.table(columns, [
    ['a', ''],
    ['long', 'x'],
  ]);
  expect(said.stdout).toBe('a\nlong  x\n');
});

test('names from elsewhere can’t drive the terminal, in tables, notes or warnings', () => {
  const { said, output } = recorded(true);
  const evil = `x${esc}[2J${esc}]0;title\u0007\r\u009b31m\u202ey`;
  output.table(columns, [[evil, 'fine']]);
  output.note(`Signed in as ${evil}.`);
  output.warn(evil);
  for (const text of [said.stdout, said.stderr]) {
    expect(text.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\u202e]/u);
    expect(text).toContain('x');
  }
});

test('our own colours and line breaks in a note stay', () => {
  const { said, output } = recorded(true);
  output.note(`${esc}[1mone${esc}[22m\ntwo`);
  expect(said.stderr).toBe(`${esc}[1mone${esc}[22m\ntwo\n`);
});

test('progress is for terminals only, and is wiped before what comes next', () => {
  const terminal = recorded(true);
  terminal.output.progress('Asking…');
  terminal.output.line('data');
  expect(terminal.said.stderr).toBe(`\r${esc}[KAsking…\r${esc}[K`);
  const pipe = recorded(false);
  pipe.output.progress('Asking…');
  expect(pipe.said.stderr).toBe('');
});

test('each kind of failure has the exit code of the contract', () => {
  const contract: [number, ErrorCode[]][] = [
    [
      1,
      [
        'unexpected',
        'storage_full',
        'storage_read_only',
        'storage_failed',
        'state_busy',
        'state_newer',
        'state_corrupt',
      ],
    ],
    [2, ['usage', 'invalid', 'ambiguous']],
    [3, ['not_signed_in']],
    [4, ['not_found']],
    [5, ['vault_unavailable', 'vault_locked', 'vault_unanswering', 'wrong_passphrase']],
    [6, ['unreachable']],
    [7, ['unauthorized', 'locked', 'forbidden', 'rate_limited', 'refused', 'server_error']],
    [8, ['conflict']],
    [130, ['cancelled']],
  ];
  for (const [code, errors] of contract)
    for (const error of errors) expect([error, exitCode(error)]).toEqual([error, code]);
});

test('global options are read before -- and not after it', () => {
  expect(hasFlag(['keys', 'list', '--json'], 'json')).toBe(true);
  expect(hasFlag(['run', '--', 'x', '--json', '-h'], 'json')).toBe(false);
  expect(hasFlag(['run', '-h', '--', 'x'], 'help')).toBe(true);
});

test('a key in any word is refused, what is like one is not, and another program’s words are its own', () => {
  const key = '37ed22eb-9938-4bfd-a7b0-be4c71637d53:7a46c6ba342c9b7c2dbb3ca279b53380';
  for (const words of [
    [key],
    ['keys', 'add', ` ${key}`],
    [`--key=${key}`],
    [`FAL_KEY=${key.toUpperCase()}`],
  ]) {
    expect(() => refuseSecrets(words)).toThrow(expect.objectContaining({ code: 'usage' }));
  }
  refuseSecrets(['keys', 'reveal', '37ed22eb-9938-4bfd-a7b0-be4c71637d53', 'note=https://example.com/a:b']);
  refuseSecrets(['run', '--', 'curl', '-H', `Authorization: Key ${key}`]);
});
