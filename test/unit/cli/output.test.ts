import { expect, test } from 'vitest';
import { exitCode } from '../../../cli/framework/exit-code.ts';
import { createOutput } from '../../../cli/framework/output/output.ts';
import { hasFlag } from '../../../cli/framework/parse.ts';
import { refuseSecrets } from '../../../cli/framework/secret-in-arguments.ts';
import type { ErrorCode } from '../../../core/model/error.ts';

/** An output whose words stay here. */
function recorded(isTerminal: boolean, columns: number | null = null) {
  const said = { stdout: '', stderr: '' };
  const stream = (name: 'stdout' | 'stderr') => ({
    isTerminal,
    columns: () => columns,
    lost: () => null,
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

test('a command in backticks stays on one line, so that it can be copied', () => {
  const { said, output } = recorded(true, 40);
  output.hint('Create the profile with `varvel profiles create x`, or go on.');
  expect(said.stderr).toBe('hint: Create the profile with\n`varvel profiles create x`, or go on.\n');
  said.stderr = '';
  output.note(`Run \`${'word '.repeat(12).trim()}\`.`);
  for (const line of said.stderr.split('\n')) expect(line.length).toBeLessThanOrEqual(40);
});

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

test('a pipe gets rows without titles and padding, with a tab between columns', () => {
  const { said, output } = recorded(false);
  output.table(columns, [
    ['a', ''],
    ['long', 'x'],
  ]);
  expect(said.stdout).toBe('a\t\nlong\tx\n');
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

test('colours and line breaks in a name are not ours, so they go', () => {
  const { said, output } = recorded(true);
  output.note('Code: ', ['bold', `${esc}[31mred${esc}[0m\nvarvel: all is well`]);
  expect(said.stderr).toBe('Code: red varvel: all is well\n');
});

test('in JSON, what a terminal would act on is escaped, and a program reads it as it was', () => {
  const { said, output } = recorded(true);
  const evil = `a${esc}[2J\u007f\u009b31m\u202e\u2066\u2028z`;
  output.document({ [evil]: evil });
  output.lineDocument(evil);
  output.noteDocument({ error: evil });
  for (const text of [said.stdout, said.stderr]) expect(text.replaceAll('\n', '')).toMatch(/^[\x20-\x7e]+$/);
  expect(JSON.parse(said.stdout.split('\n').slice(0, 3).join('\n'))).toEqual({ [evil]: evil });
  expect(JSON.parse(said.stderr)).toEqual({ error: evil });
});

const stories = [
  { title: 'KEY', text: () => '3f9c0a12-aaaa-bbbb-cccc-0123456789ab', short: () => '3f9c0a12' },
  { title: 'ALIAS', text: ([alias]: readonly string[]) => alias ?? '' },
  { title: 'WHY', text: ([, why]: readonly string[]) => why ?? '' },
  { title: 'TIME', text: () => '12 ms', align: 'right' as const },
];
const story =
  'FAL_KEY is set in this shell and overrides the profile, its pin and everything else in this folder.';

test.each([40, 60, 80, 120])('at %i columns no word is broken, and nothing is lost', (columns) => {
  const { said, output } = recorded(true, columns);
  output.table(stories, [
    ['bots', story],
    ['鷹匠', 'short'],
  ]);
  output.warn(story);
  output.note(`Open https://example.com/${'x'.repeat(columns)} in a browser.`);
  for (const line of [...said.stdout.split('\n'), ...said.stderr.split('\n')])
    if (!line.includes('https:')) expect(line.length).toBeLessThanOrEqual(columns);
  for (const word of [...story.split(' '), '12 ms', 'bots', '鷹匠', '3f9c0a12'])
    expect(said.stdout).toContain(word);
  expect(said.stderr).toContain(`https://example.com/${'x'.repeat(columns)}\nin a browser.`);
});

test('a table that fits stays as it is, then ids get short, then cells get lines, then rows become blocks', () => {
  const shown = (columns: number) => {
    const { said, output } = recorded(true, columns);
    output.table(stories.slice(0, 3), [['bots', 'one two three four']]);
    return said.stdout;
  };
  expect(shown(70)).toBe(
    'KEY                                   ALIAS  WHY\n3f9c0a12-aaaa-bbbb-cccc-0123456789ab  bots   one two three four\n',
  );
  expect(shown(40)).toBe('KEY       ALIAS  WHY\n3f9c0a12  bots   one two three four\n');
  expect(shown(30)).toBe('KEY       ALIAS  WHY\n3f9c0a12  bots   one two three\n                 four\n');
  expect(shown(18)).toBe(
    'KEY\n  3f9c0a12-aaaa-bbbb-cccc-0123456789ab\nALIAS  bots\nWHY    one two\n       three four\n',
  );
});

test('10,000 plain rows take a fraction of what measuring each cell by its letters takes', () => {
  const { output } = recorded(true, 120);
  const rows = Array.from({ length: 10_000 }, (_, index) => [`key-${index}`, 'works for calling models']);
  const took = (work: () => void) => {
    const begun = performance.now();
    work();
    return performance.now() - begun;
  };
  const printed = took(() => output.table(columns, rows));
  const byLetters = took(() => {
    for (const cell of rows.flat()) for (const _ of new Intl.Segmenter('en').segment(cell));
  });
  expect(printed).toBeLessThan(byLetters / 2);
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
    [5, ['vault_unavailable', 'vault_damaged', 'vault_locked', 'vault_unanswering', 'wrong_passphrase']],
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
    [`note=${encodeURIComponent(key)}`],
  ]) {
    expect(() => refuseSecrets(words)).toThrow(expect.objectContaining({ code: 'usage' }));
  }
  refuseSecrets(['keys', 'reveal', '37ed22eb-9938-4bfd-a7b0-be4c71637d53', 'note=https://example.com/a:b']);
  refuseSecrets(['run', '--', 'curl', '-H', `Authorization: Key ${key}`]);
});
