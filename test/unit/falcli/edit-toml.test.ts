import fc from 'fast-check';
import { parse } from 'smol-toml';
import { describe, expect, test } from 'vitest';
import { type Change, editToml } from '../../../core/falcli/edit-toml.ts';
import { scanToml } from '../../../core/falcli/toml-scan.ts';
import { isTable, tomlText } from '../../../core/falcli/toml-value.ts';
import { takeBack } from '../../../core/patch/splice.ts';

const nasty: Record<string, string> = {
  plain: '# head\n[__internal__]\nprofile = "a" # now\n\n[a] # mine\nkey = "x:y" # k\n',
  'CRLF line ends': '# head\r\n[__internal__]\r\nprofile = "a"\r\n\r\n[a]\r\nkey = "x:y"\r\n',
  'no final line break': '[a]\nkey = \'x:y\'\n[__internal__]\nprofile = "a"',
  'a comment without a line break': '[__internal__]\nprofile = "a" # end',
  'spaces and tabs':
    '   [ a ]\n\tkey   =    "x:y"   # c\n\n\n\n[ __internal__ ]\n  profile="a"\n  team   = "t"\n',
  'dotted keys': 'a.key = "x:y"\na . "host" = "api.x"\n__internal__.profile = "a"\n',
  'quoted names':
    '["a.b c"]\nkey = "x:y"\n["ü\\"q\\u0041"]\nkey = "z:z"\n[\'__internal__\']\nprofile = "a.b c"\n',
  'global settings':
    'color = 1_000 # g\nwhen = 1979-05-27T07:32:00Z\nf = 1.50\nh = 0xFF\nx = inf\n[__internal__]\nprofile = "a"\n',
  'texts over lines':
    '[a]\nnote = """\n[b]\nkey = "fake"\n# none\n"""""\nlist = [\n  "]", # ]\n  2,\n]\n[__internal__]\nprofile = """\na"""\n',
  'tables in tables':
    '[a]\nkey = "x:y"\n[a.sub]\nz = 1\n[[a.arr]]\nq = 1\n[[a.arr]]\nq = 2\n[__internal__]\nprofile="a"\n',
  'no [__internal__]': '# only\n[a]\nkey = "x:y"\n# end\n',
  'nothing at all': '',
  'a comment only': '# just a comment',
  'a deeper table first': '[a]\nkey="x:y"\n[__internal__.deep]\nz=1\n[__internal__]\nprofile="a"\n',
  'a deeper table alone': '[__internal__.deep]\nz=1\n',
  'blank lines':
    '\n\n[a]\nkey = "x:y"\n\n\n# about b\n\n[b]\nkey = "q:q"\n\n[__internal__]\nprofile = "a"\n\n\n',
  'backslashes at the end': '[a]\nkey = \'x:\\\'\nhost = "x\\\\"\n[__internal__]\nprofile = "a"\n',
};

const changes: Change[] = [
  { table: 'new.one', key: 'host', raw: '"api.new"' },
  { table: '__internal__', key: 'profile', raw: '"new.one"' },
];

describe.each(Object.entries(nasty))('a file with %s', (_, text) => {
  test('has its profile changed and not a byte more, and back again', () => {
    const { text: after, edits } = editToml(text, changes, ['new.one'], 'config.toml');
    const expected = parse(text);
    const internal = expected.__internal__;
    expected.__internal__ = { ...(isTable(internal) ? internal : {}), profile: 'new.one' };
    expected['new.one'] = { host: 'api.new' };
    expect(parse(after)).toEqual(expected);
    expect(takeBack(after, edits, 'in_place')).toBe(text);
    // every line but that of the changed value stands as it stood, in its order
    let from = 0;
    for (const line of text.split('\n').filter((each) => !/profile *=|^a"""|= """$/.test(each))) {
      const at = after.indexOf(line, from);
      expect(at).toBeGreaterThanOrEqual(from);
      from = at + line.length;
    }
    for (const [comment] of text.matchAll(/#[^\n\r"]*$/gm)) expect(after).toContain(comment);
  });

  test('is split into lines that make up the whole', () => {
    expect(
      scanToml(text)
        .map(({ start, end }) => text.slice(start, end))
        .join(''),
    ).toBe(text);
  });
});

// the byte order marks and the dates that don't exist are what tomli refuses too
test.each([
  '[a',
  'a = ',
  '[a]\n[a]\n',
  'key = "x:y\n',
  '\0',
  '[a]\nkey = "x:topsecret" b',
  '\uFEFF',
  '\uFEFF[a]\nkey = "x:topsecret"\n',
  '\uFEFF\uFEFF[a]\n',
  '[a]\nkey = "x:topsecret"\n\uFEFFhost = "h"\n',
  '[a]\nkey = "x:topsecret"\nsince = 2024-02-30\n',
  'since = 2023-02-29T10:00:00Z\n',
  'list = [\n  2024-02-29, # fine\n  2024-04-31\n]\n',
  'in = { 2024-02-30 = 2024-02-30 }\n',
  'since = 0000-01-01\n',
])('%j is refused and not repeated', (text) => {
  let thrown: unknown;
  try {
    editToml(text, changes, [], '/x/config.toml');
  } catch (error) {
    thrown = error;
  }
  expect(thrown).toMatchObject({
    code: 'invalid',
    message: expect.stringMatching(
      /config\.toml (?:is not valid TOML|has a date that doesn’t exist|begins with a byte order mark)(?: \(line \d\))?\./,
    ),
  });
  expect(JSON.stringify([thrown, String(thrown)])).not.toContain('topsecret');
});

test.each([
  ['an inline table', '__internal__ = { profile = "a" }\n'],
  ['a value', '__internal__ = 1\n'],
  ['an array of tables', '[[__internal__]]\nprofile = "a"\n'],
])('%s where a table should be is refused', (_, text) => {
  expect(() => editToml(text, changes, [], 'config.toml')).toThrow(/can’t edit/);
});

test('a value that is taken away leaves its comment', () => {
  const text = '[a]\nhost = "api.x" # why\nkey = "x:y"\n';
  const { text: after } = editToml(text, [{ table: 'a', key: 'host', raw: null }], [], 'config.toml');
  expect(after).toBe('[a]\n# why\nkey = "x:y"\n');
});

/** A file as people and programs write them: profiles under any names, comments, odd spacing, line ends. */
const anyFile = fc
  .record({
    eol: fc.constantFrom('\n', '\r\n'),
    final: fc.boolean(),
    globals: fc.array(
      fc.constantFrom('a_number = 1', "text = 'it’s'", 'list = [ 1, 2 ] # l', 'when = 2026-01-01'),
      { maxLength: 1 },
    ),
    tables: fc.uniqueArray(
      fc.record({
        name: fc.oneof(
          fc.constantFrom('a', 'b-c', 'x.y', 'with space', 'ü', '"', "'", '__internal__'),
          fc.string({ minLength: 1, maxLength: 8 }),
        ),
        entries: fc.uniqueArray(
          fc.record({
            key: fc.constantFrom('key', 'host', 'profile', 'other', 'od d'),
            value: fc.oneof(
              fc.string({ unit: 'grapheme' }).map(tomlText),
              fc.string().map((text) => `'${text.replace(/[^ -&(-~]/g, '')}'`),
              fc.constantFrom('"""\n[x]\n# no\n"""', '[ "#", ["]"] ]', '{ a = 1, b = "}" }', "'''a'b'''"),
            ),
            space: fc.constantFrom('', ' ', '\t', '  '),
            comment: fc.constantFrom('', ' # c', '#"', ' # [a]'),
          }),
          { selector: ({ key }) => key, maxLength: 4 },
        ),
        before: fc.constantFrom('', '\n', '# about it\n', '\n#\n\n'),
      }),
      { selector: ({ name }) => name, maxLength: 5 },
    ),
  })
  .map(({ eol, final, globals, tables }) => {
    const key = (name: string) => (/^[A-Za-z0-9_-]+$/.test(name) ? name : tomlText(name));
    const body = tables.map(
      ({ name, entries, before }) =>
        `${before}[${key(name)}]\n${entries.map(({ key: k, value, space, comment }) => `${space}${key(k)}${space}=${space}${value}${comment}\n`).join('')}`,
    );
    const text = [...globals.map((line) => `${line}\n`), ...body].join('').replaceAll('\n', eol);
    return final ? text : text.replace(/\r?\n$/, '');
  });

test('whatever is in the file, only what was asked for changes, and it can be undone to the byte', () => {
  fc.assert(
    fc.property(
      anyFile,
      fc.array(
        fc.record({
          table: fc.constantFrom('a', 'x.y', '__internal__', 'fresh', 'ü'),
          key: fc.constantFrom('key', 'host', 'profile'),
          raw: fc.option(fc.string({ unit: 'grapheme-ascii' }).map(tomlText)),
        }),
        { maxLength: 4 },
      ),
      (text, some) => {
        const expected = parse(text);
        const { text: after, edits } = editToml(text, some, [], 'config.toml');
        for (const { table, key, raw } of some) {
          const there = expected[table];
          const held = isTable(there) ? { ...there } : {};
          if (raw === null) delete held[key];
          else held[key] = parse(`v = ${raw}`).v ?? '';
          if (raw !== null || Object.hasOwn(expected, table)) expected[table] = held;
        }
        expect(parse(after)).toEqual(expected);
        expect(takeBack(after, edits, 'in_place')).toBe(text);
        for (const [comment] of text.matchAll(/# (c|about it|\[a\])/g)) expect(after).toContain(comment);
      },
    ),
    { numRuns: 2000 },
  );
});

test('dates that exist, and keys, strings and comments that look like others, are no reason to refuse', () => {
  const text =
    '# 2024-02-30\nleap = 2024-02-29\n2024-02-30 = "2024-02-30"\n[2023-02-29.x]\nmark = "\uFEFF" # \uFEFF\n';
  expect(editToml(text, [], [], '/x/config.toml').text).toBe(text);
});
