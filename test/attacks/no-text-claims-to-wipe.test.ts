import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { figure } from './figures.ts';

const root = join(import.meta.dirname, '../..');

/** What a text would say of memory that it can't: JavaScript's strings are not erased. */
const claims = /\b(wip(e|es|ed|ing)|shred(s|ded|ding)?|zero(ed|es|ing) out|securely (delete|erase)[sd]?)\b/i;

test('no text of ours says that a secret is wiped', () => {
  const paths = globSync(
    ['README.md', 'docs/**/*.md', '{core,contract,bridge,platform,host,cli,main,web,renderer}/**/*.{ts,tsx}'],
    { cwd: root },
  );
  const lines = paths.flatMap((path) =>
    readFileSync(join(root, path), 'utf8')
      .split('\n')
      .map((line) => `${path}: ${line}`),
  );
  // these say that nothing is
  const claimed = lines.filter(
    (line) => claims.test(line) && !/never “wiped”|[Nn]either claims to wipe|not wiped/.test(line),
  );
  expect(claimed).toEqual([]);
  expect(claims.test('the key is wiped from memory')).toBe(true);
  figure(6, 'texts', {
    files: paths.length,
    'lines read': lines.length,
    'lines that claim it': claimed.length,
  });
});
