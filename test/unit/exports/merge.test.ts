import { parse } from 'dotenv';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { merge, valueIn } from '../../../core/exports/file/merge.ts';
import { type FileFormat, fileFormatNames, formatOf } from '../../../core/exports/formats/formats.ts';
import { apply, takeBack } from '../../../core/patch/splice.ts';

const merged = (format: FileFormat, text: string, name = 'FAL_KEY', value = 'new:key'): string =>
  apply(text, merge(format, text, name, value));

const bom = '\xef\xbb\xbf';

/** What stood there, what stands there then; only our variable's line differs. */
const merges: [string, FileFormat, string, string][] = [
  ['an empty file', 'dotenv', '', 'FAL_KEY=new:key\n'],
  ['a file without it', 'dotenv', '# a\nA=1\n', '# a\nA=1\nFAL_KEY=new:key\n'],
  ['a missing final line break', 'dotenv', 'A=1', 'A=1\nFAL_KEY=new:key'],
  ['CRLF', 'dotenv', 'A=1\r\nB=2\r\n', 'A=1\r\nB=2\r\nFAL_KEY=new:key\r\n'],
  ['CRLF around it', 'dotenv', 'A=1\r\nFAL_KEY=old\r\nB=2\r\n', 'A=1\r\nFAL_KEY=new:key\r\nB=2\r\n'],
  ['a byte order mark', 'dotenv', `${bom}FAL_KEY=old\nA=1`, `${bom}FAL_KEY=new:key\nA=1`],
  ['a byte order mark alone', 'dotenv', bom, `${bom}FAL_KEY=new:key\n`],
  ['a comment behind', 'dotenv', 'FAL_KEY="old" # mine\nA=1\n', 'FAL_KEY=new:key # mine\nA=1\n'],
  ['a comment behind a bare value', 'dotenv', 'FAL_KEY=old  # mine\n', 'FAL_KEY=new:key  # mine\n'],
  ['export and blanks', 'dotenv', '  export FAL_KEY = old\n', '  export FAL_KEY=new:key\n'],
  ['a commented-out line', 'dotenv', '#FAL_KEY=old\n', '#FAL_KEY=old\nFAL_KEY=new:key\n'],
  [
    'names that begin alike',
    'dotenv',
    'FAL_KEY_ID=a\nMY_FAL_KEY=b\n',
    'FAL_KEY_ID=a\nMY_FAL_KEY=b\nFAL_KEY=new:key\n',
  ],
  ['two of them: the last counts', 'dotenv', 'FAL_KEY=a\nFAL_KEY=b\n', 'FAL_KEY=a\nFAL_KEY=new:key\n'],
  [
    'a line of another’s value',
    'dotenv',
    'A="x\nFAL_KEY=no\ny"\nB=1\n',
    'A="x\nFAL_KEY=no\ny"\nB=1\nFAL_KEY=new:key\n',
  ],
  ['a value of several lines', 'dotenv', 'FAL_KEY="x\ny"\nB=1\n', 'FAL_KEY=new:key\nB=1\n'],
  ['a quote that is never closed', 'dotenv', 'A="x\nB=1\n', 'A="x\nB=1\nFAL_KEY=new:key\n'],
  ['latin1 letters', 'dotenv', '# caf\xe9\nFAL_KEY=a\n', '# caf\xe9\nFAL_KEY=new:key\n'],
  ['an empty value', 'dotenv', 'FAL_KEY=\nA=1\n', 'FAL_KEY=new:key\nA=1\n'],
  ['an empty value and a comment', 'dotenv', 'FAL_KEY= # none yet\n', 'FAL_KEY=new:key # none yet\n'],
  [
    'an .envrc',
    'envrc',
    'use node\nexport FAL_KEY="old" A=1 # x\n',
    "use node\nexport FAL_KEY='new:key' A=1 # x\n",
  ],
  [
    'an .envrc that doesn’t export',
    'envrc',
    'FAL_KEY=old\nlayout node',
    "export FAL_KEY='new:key'\nlayout node",
  ],
  [
    'an .envrc that runs something for it',
    'envrc',
    'export FAL_KEY=$(pass fal "a b")\nA=1\n',
    "export FAL_KEY='new:key'\nA=1\n",
  ],
  [
    'an .envrc that runs something over several lines',
    'envrc',
    'export FAL_KEY="$(\n  op read \'a)\' $(b "c)")\n)"\nexport A=1\n',
    "export FAL_KEY='new:key'\nexport A=1\n",
  ],
  [
    'an .envrc with a comment behind another variable',
    'envrc',
    'export FAL_KEY=$A$(b) # mine\n',
    "export FAL_KEY='new:key' # mine\n",
  ],
  ...[
    ['a here-document', 'cat > tmpl <<EOF\nFAL_KEY=changeme\nEOF\n'],
    ['an indented here-document, quoted', "a <<-'E' && b # <<F\n\tFAL_KEY=x\n\tE\n"],
    ['a here-document whose word is quoted in part', "read -d '' DOC <<'E'x\nE\nFAL_KEY=abc\nEx\n"],
    ['an escaped value', "export MSG=$'it\\'s\nFAL_KEY=abc\n'\n"],
    ['a value with a dollar before a quote', 'A="costs 5$\' \nFAL_KEY=abc\n"\n'],
    ['another value', 'export NOTE="see docs:\nFAL_KEY=abc\n"\n'],
    ['an array', 'all=(\nFAL_KEY=abc\n)\n'],
    ['what runs for another value', 'A=$(\nFAL_KEY=abc b\n)\n'],
    ['what only a command gets', 'FAL_KEY=dummy python3 -c "print(1)" > out.txt\n'],
    ['what only a command gets, among others', 'FAL_KEY=a B=2 run\n'],
  ].map(([where = '', text = '']): [string, 'envrc', string, string] => [
    `an .envrc with its name in ${where}`,
    'envrc',
    text,
    `${text}export FAL_KEY='new:key'\n`,
  ]),
  [
    'an .envrc between escaped values',
    'envrc',
    "export A=$'it\\'s'\nexport FAL_KEY='old'\nexport B=$'don\\'t'\n",
    "export A=$'it\\'s'\nexport FAL_KEY='new:key'\nexport B=$'don\\'t'\n",
  ],
  [
    'an .envrc that sets it before something else',
    'envrc',
    "x=$((1 << 2)) # it's\n((a << 2))\nb <<< 'c'\nFAL_KEY=old; B=1\n",
    "x=$((1 << 2)) # it's\n((a << 2))\nb <<< 'c'\nexport FAL_KEY='new:key'; B=1\n",
  ],
  ['docker', 'docker', '# a\nFAL_KEY=a # part of it\nA\n', '# a\nFAL_KEY=new:key\nA\n'],
  ['systemd', 'systemd', '; a\nFAL_KEY="a\nb"\nA=1\n', '; a\nFAL_KEY=new:key\nA=1\n'],
  ['systemd, continued', 'systemd', 'FAL_KEY=a\\\nb\nA=1\n', 'FAL_KEY=new:key\nA=1\n'],
  [
    'JSON',
    'json',
    '{\n    "a": {"FAL_KEY": 1},\n    "b": [1, 2]\n}\n',
    '{\n    "a": {"FAL_KEY": 1},\n    "b": [1, 2],\n    "FAL_KEY": "new:key"\n}\n',
  ],
  ['JSON that has it', 'json', '{ "FAL_KEY" : "old", "z": "}" }', '{ "FAL_KEY" : "new:key", "z": "}" }'],
  [
    'JSON that has it as something else',
    'json',
    '{"FAL_KEY":{"a":[1]},"b":2}',
    '{"FAL_KEY":"new:key","b":2}',
  ],
  ['JSON on one line', 'json', '{"a":1}', '{"a":1, "FAL_KEY": "new:key"}'],
  ['an empty object', 'json', `${bom}{}\r\n`, `${bom}{\r\n  "FAL_KEY": "new:key"\r\n}\r\n`],
  ['an empty config.ini', 'comfyui', '', '[API]\nFAL_KEY = new:key\n'],
  [
    'the config.ini that ComfyUI-fal-API brings',
    'comfyui',
    '[API]\nFAL_KEY = <your_fal_api_key_here>',
    '[API]\nFAL_KEY = new:key',
  ],
  [
    'a config.ini without its section',
    'comfyui',
    '; mine\r\n[Other]\r\nfal_key: no\r\n',
    '; mine\r\n[Other]\r\nfal_key: no\r\n[API]\r\nFAL_KEY = new:key\r\n',
  ],
  [
    'a config.ini with its section in the middle',
    'comfyui',
    '[API]\nA=1\n  more\n\n# next\n[B]\nx=1\n',
    '[API]\nA=1\n  more\nFAL_KEY = new:key\n\n# next\n[B]\nx=1\n',
  ],
  [
    'a config.ini whose value goes on',
    'comfyui',
    '[API]\n fal_key : a%(b)s\n  and more\n[B]\n',
    '[API]\n fal_key : new:key\n[B]\n',
  ],
  ['an empty JSON file', 'json', '', '{\n  "FAL_KEY": "new:key"\n}\n'],
];

test.each(merges)('%s: only our line changes', (_, format, before, after) => {
  expect(merged(format, before)).toBe(after);
  expect(valueIn(format, after, 'FAL_KEY')).toBe('new:key');
});

test.each(merges)('%s: an export is taken back to the byte', (_, format, before) => {
  const splice = merge(format, before, 'FAL_KEY', 'new:key');
  const after = apply(before, splice);
  expect(takeBack(after, [splice], 'anywhere')).toBe(before);
});

test('what was added around an export meanwhile stays when it is taken back', () => {
  const splice = merge('dotenv', 'A=1\n', 'FAL_KEY', 'new:key');
  const later = `# top\n${apply('A=1\n', splice)}B=2\n`;
  expect(takeBack(later, [splice], 'anywhere')).toBe('# top\nA=1\nB=2\n');
  expect(takeBack('A=1\nFAL_KEY=other\n', [splice], 'anywhere')).toBeNull();
  // a line of another variable ends alike, and the same line twice is nobody's
  expect(takeBack(`# top\nVITE_${splice.inserted}${later}`, [splice], 'anywhere')).toBe(
    `# top\nVITE_${splice.inserted}# top\nA=1\nB=2\n`,
  );
  expect(takeBack(`# top\n${splice.inserted}${later}`, [splice], 'anywhere')).toBeNull();
});

test('GitHub’s file takes the place of an earlier block, whatever its delimiter', () => {
  const before = 'A=1\nFAL_KEY<<E\nold\nFAL_KEY=no\nE\nB<<E\n1\nE\n';
  const after = merged('github', before);
  expect(after).toMatch(/^A=1\nFAL_KEY<<(varvel_\S+)\nnew:key\n\1\nB<<E\n1\nE\n$/);
  expect(valueIn('github', after, 'FAL_KEY')).toBe('new:key');
});

test.each(['[1]', '"x"', '{"a":1,}', '{"a":1} // x', 'A=1'])(
  '%s is refused as JSON and repeated nowhere',
  (text) => {
    expect(() => merged('json', text)).toThrow(expect.objectContaining({ code: 'invalid' }));
  },
);

test.each(['FAL_KEY = a', `${bom}[API]\n`, '[API]\nFAL_KEY\n', '[API]\n= a\n'])(
  '%j is refused as config.ini: configparser refuses it too',
  (text) => {
    expect(() => merged('comfyui', text)).toThrow(expect.objectContaining({ code: 'invalid' }));
  },
);

test('the format follows from the file’s name', () => {
  expect(
    ['.env', '.env.local', 'x/.envrc', 'a.json', 'C:\\x\\b.json', 'worker', 'x/config.ini'].map(formatOf),
  ).toEqual(['dotenv', 'dotenv', 'envrc', 'json', 'json', 'dotenv', 'comfyui']);
});

const anyValue = fc.stringMatching(/^[\x21-\x7e][\x20-\x7e]{0,30}$/);

test.each(fileFormatNames)(
  '%s: whatever was merged is found again, merging twice changes nothing',
  (format) => {
    fc.assert(
      fc.property(anyValue, anyValue, (one, two) => {
        let text = '';
        for (const [name, value] of [
          ['A', one],
          ['B', two],
          ['A', two],
          ['FAL_KEY', one],
        ] as const) {
          try {
            text = apply(text, merge(format, text, name, value));
          } catch {
            // what the format can't carry
            return;
          }
        }
        expect([
          valueIn(format, text, 'A'),
          valueIn(format, text, 'B'),
          valueIn(format, text, 'FAL_KEY'),
        ]).toEqual([two, two, one]);
        if (format !== 'github') expect(apply(text, merge(format, text, 'B', two))).toBe(text);
        if (format === 'dotenv') expect(parse(text)).toEqual({ A: two, B: two, FAL_KEY: one });
      }),
      { numRuns: 1000 },
    );
  },
);

const line = fc.oneof(
  fc.constantFrom(
    '# a comment',
    '',
    'A=1',
    'B="two words" # why',
    "C='it'",
    'export D=x',
    '  E = y',
    'F=`z`',
    'not a line',
    'G="a\nb"',
    'H=\\',
  ),
  fc.stringMatching(/^#[\x20-\x7e]{0,20}$/),
);

test('dotenv: any file keeps every other line, and any reader reads the rest as before', () => {
  fc.assert(
    fc.property(
      fc.array(line, { maxLength: 12 }),
      fc.constantFrom('\n', '\r\n'),
      fc.boolean(),
      (lines, eol, end) => {
        const text =
          lines.map((one) => one.replaceAll('\n', eol)).join(eol) + (end && lines.length ? eol : '');
        if (text.endsWith('\\')) return;
        const after = merged('dotenv', text);
        expect(after.startsWith(text)).toBe(true);
        expect(parse(after)).toEqual({ ...parse(text), FAL_KEY: 'new:key' });
        const again = merged('dotenv', after, 'FAL_KEY', 'third:one');
        expect(again).toBe(after.replace('new:key', 'third:one'));
      },
    ),
    { numRuns: 2000 },
  );
});

test('a large file is merged in no time', () => {
  const text = 'A="b"\nexport C=\'d\' # e\n'.repeat(200_000);
  const begun = performance.now();
  for (const format of ['dotenv', 'envrc', 'docker', 'systemd', 'github'] as const) merged(format, text);
  expect(performance.now() - begun).toBeLessThan(8000);
  const blanks = `A=x${' '.repeat(200_000)}y\n`;
  expect(merged('dotenv', blanks)).toBe(`${blanks}FAL_KEY=new:key\n`);
});

test('an .envrc whose end of the value only bash could tell is refused, not broken', () => {
  const deep = 60_000;
  for (const value of [
    `${'$('.repeat(deep)}${')'.repeat(deep)}\n`,
    '"open\nA=1\n',
    '$(open\nA=1\n',
    '$(cat <<E\n)\nE\n)\n',
    '$(a # :)\n)\n',
    '`open\n',
  ])
    expect(() => merged('envrc', `export FAL_KEY=${value}`), value.slice(0, 40)).toThrow(/Varvel can’t read/);
});

test('an .envrc in which bash alone could tell what is set, or where a line would stand, is refused', () => {
  for (const text of ['A=$(cat <<E\nFAL_KEY=x\nE\n)\n', "echo it's\nFAL_KEY=x\n", 'cat <<E\nFAL_KEY=x\n'])
    expect(() => merged('envrc', text), text).toThrow(/can’t read|here-document without its end/);
});
