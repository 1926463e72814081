import { expect, test } from 'vitest';
import { lockProblems } from '../../../scripts/check-lock.ts';

const lock = (packages: Record<string, object>): string =>
  JSON.stringify({ packages: { '': {}, ...packages } });
const integrity = 'sha512-AnjFn0Jv92laAkvMrghlFZq4qQCIN';

test('packages with their hash, and a script that is known, are fine', () => {
  expect(
    lockProblems(
      lock({
        'node_modules/zod': { integrity },
        'node_modules/@github/keytar': { integrity, hasInstallScript: true },
      }),
    ),
  ).toEqual([]);
});

test('a package without a hash, from elsewhere or with a new script is named', () => {
  const problems = lockProblems(
    lock({
      'node_modules/a': {},
      'node_modules/a/node_modules/b': { integrity: 'sha1-abc=' },
      'node_modules/c': { integrity, resolved: 'https://example.com/c.tgz' },
      'node_modules/x/node_modules/zod': { integrity, hasInstallScript: true },
    }),
  );
  expect(problems).toEqual([
    'node_modules/a has no sha512 hash.',
    'node_modules/a/node_modules/b has no sha512 hash.',
    expect.stringMatching(/^node_modules\/c names where it comes from/),
    expect.stringMatching(/^node_modules\/x\/node_modules\/zod runs a script/),
  ]);
});
