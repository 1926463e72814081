import { execFileSync, spawnSync } from 'node:child_process';
import fc from 'fast-check';
import { parse } from 'smol-toml';
import { expect, test } from 'vitest';
import { planApply, planUndo } from '../../../core/falcli/plan.ts';
import { tomlText } from '../../../core/falcli/toml-value.ts';
import { foundKey } from '../../../core/which/facts.ts';

// Python's tomllib is the parser that fal's CLI reads the file with; it shares nothing with ours.
const there = spawnSync('python3', ['-c', 'import tomllib']).status === 0;

const script = `
import json, sys, tomllib
for text in json.load(sys.stdin):
    try: print(json.dumps(tomllib.loads(text), default=str))
    except Exception as error: print(json.dumps({"!": str(error)}))
`;

const readByFal = (texts: string[]): unknown[] =>
  execFileSync('python3', ['-c', script], {
    input: JSON.stringify(texts),
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  })
    .trim()
    .split('\n')
    .map((line): unknown => JSON.parse(line));

const name = fc.oneof(
  fc.constantFrom('a', 'b.c', 'ü', '"', 'with space', "it's", '#'),
  fc.string({ unit: 'grapheme', maxLength: 6 }),
);
const file = fc
  .record({
    eol: fc.constantFrom('\n', '\r\n'),
    end: fc.constantFrom('', '\n', '\n\n', '# end'),
    internal: fc.constantFrom(
      '',
      '[__internal__]\nprofile = "a" # now\nteam = "t"\n',
      "[ '__internal__' ]\n\tprofile = 'b.c'\n",
      '__internal__.profile = "a"\n',
    ),
    tables: fc.uniqueArray(
      fc.record({
        name: name.filter((text) => text !== '__internal__'),
        key: fc.option(fc.string({ unit: 'grapheme-ascii' })),
        host: fc.constantFrom('', 'host = "api.x" # h\n', "  host='api.y'\n"),
        more: fc.constantFrom(
          '',
          'list = [\n "]", # "\n]\n',
          'text = """\n[a]\nkey = "no"\n"""\n',
          '# only a comment\n',
        ),
      }),
      { selector: (table) => table.name, maxLength: 6 },
    ),
  })
  .map(({ eol, end, internal, tables }) => {
    const bodies = tables.map(
      (table) =>
        `[${tomlText(table.name)}] # ${'t'.repeat(table.name.length)}\n${table.key === null ? '' : `key = ${tomlText(table.key)}\n`}${table.host}${table.more}\n`,
    );
    return (internal + bodies.join('') + end).replaceAll('\n', eol);
  });

/** The team in the file: that of the profile unless its key decides; in its own case if only that differs. */
function teamAfter(before: unknown, wanted: string | null, hasKey: boolean): { team?: unknown } {
  const stays = hasKey || (typeof before === 'string' && before.toLowerCase() === wanted?.toLowerCase());
  const team = stays ? before : wanted;
  return team === undefined || team === null ? {} : { team };
}

test.runIf(there)(
  'as fal’s own parser reads it, nothing but the profile in use and its team changes, and undo is to the byte',
  () => {
    const cases = fc.sample(
      fc.record({
        text: file,
        wanted: fc.option(
          fc.record({
            name: fc.constantFrom('a', 'b.c', 'new-one', 'v1.2_x'),
            host: fc.constantFrom(null, 'api.fresh'),
            keyId: fc.constant('k'),
            key: fc.option(fc.string({ unit: 'grapheme-ascii' }).map((text) => `k:${text}`)),
            team: fc.constantFrom(null, 't', 'T', 'other'),
          }),
        ),
      }),
      2500,
    );
    const done = cases.flatMap(({ text, wanted }) => {
      try {
        return [{ text, wanted, plan: planApply(text, wanted, [], 'config.toml') }];
      } catch (error) {
        // without a key of ours, another key in the file would decide the account
        expect(error).toMatchObject({ code: 'conflict', message: expect.stringMatching(/another key/) });
        expect(wanted?.key).toBeNull();
        return [];
      }
    });
    const read = readByFal(done.flatMap(({ text, plan }) => [text, plan.text]));
    done.forEach(({ text, wanted, plan }, index) => {
      const before = structuredClone(read[2 * index]);
      if (typeof before !== 'object' || before === null) throw new Error('no document');
      const document: Record<string, Record<string, unknown>> = { ...before };
      const { profile: _, ...internal } = document.__internal__ ?? {};
      if (wanted) {
        const { host: __, ...held } = document[wanted.name] ?? {};
        document[wanted.name] = {
          ...held,
          ...(wanted.key !== null && { key: wanted.key }),
          ...(wanted.host !== null && { host: wanted.host }),
        };
        const { team, ...others } = internal;
        document.__internal__ = {
          ...others,
          profile: wanted.name,
          ...teamAfter(team, wanted.team, foundKey(String(document[wanted.name]?.key ?? '')).kind === 'key'),
        };
      } else if (document.__internal__) {
        // a table of dotted keys is gone with its only one
        if (text.startsWith('__internal__.')) delete document.__internal__;
        else document.__internal__ = internal;
      }
      expect(read[2 * index + 1]).toEqual(document);
      expect(planUndo(plan.text, plan.undo, 'config.toml').text).toBe(text);
      for (const [comment] of text.matchAll(/# (now|h|end|only a comment|t+)(?=\r?$)/gm))
        expect(plan.text).toContain(comment);
      expect(parse(plan.text)).toBeTruthy();
    });
  },
);
