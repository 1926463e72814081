import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'dotenv';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { render, renderUnset } from '../../../core/exports/render.ts';
import { VarvelError } from '../../../core/model/error.ts';
import type { Shell } from '../../../core/shells/shells.ts';

/** What a key or host can be: printable ASCII, the awkward characters more often than chance would have them. */
const awkward = fc.string({
  unit: fc.constantFrom(...`'"\`\\$#!%^&|;<>(){}[]*?~= ,@:abnrtux01`.split('')),
  minLength: 1,
  maxLength: 24,
});
const printable = fc.stringMatching(/^[\x20-\x7e]{1,60}$/);
const values = [
  ...fc.sample(fc.oneof(awkward, printable), { numRuns: 300, seed: 20_260_801 }),
  "'",
  '"',
  '\\',
  "\\'",
  "'\\''",
  '$HOME',
  // biome-ignore lint/suspicious/noTemplateCurlyInString: a shell's
  '${HOME}',
  '$(echo no)',
  '`echo no`',
  '!!',
  '\\n',
  '%PATH%',
  ' led ',
  '-n',
  '~',
  '#',
  'a#b',
  'a # b',
  '=',
];

const shells: [Shell, string[]][] = [
  ['sh', []],
  ['bash', ['--norc']],
  ['zsh', ['-f']],
  ['fish', ['--no-config']],
];

/** What a shell prints that runs a script. */
function read(shell: string, flags: string[], script: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'varvel-shell-'));
  try {
    const file = join(folder, 'script');
    writeFileSync(file, script);
    return execFileSync(shell, [...flags, file], { encoding: 'utf8' });
  } finally {
    rmSync(folder, { recursive: true });
  }
}

test.each(shells)('%s reads back every value as it was, in one go', (shell, flags) => {
  const script = values.map((value) => `${render(shell, { FAL_KEY: value })}printenv FAL_KEY\n`).join('');
  expect(read(shell, flags, script).split('\n').slice(0, -1)).toEqual(values);
});

test.each(shells)(
  '%s forgets both variables when told to, and one that is not set is no error',
  (shell, flags) => {
    const script = `${render(shell, { FAL_KEY: 'a:b' })}${renderUnset(shell, ['FAL_KEY', 'FAL_HOST'])}printenv FAL_KEY FAL_HOST\necho end\n`;
    expect(read(shell, flags, script)).toBe('end\n');
  },
);

/** The values that a dotenv file can carry, with their names. */
function carried(): Record<string, string> {
  const variables: Record<string, string> = {};
  for (const [n, value] of values.entries()) {
    try {
      render('dotenv', { A: value });
      variables[`V${n}`] = value;
    } catch (error) {
      // refused: its readers would differ (see test/integration/exports/files.test.ts for all of them)
      expect(error).toBeInstanceOf(VarvelError);
      expect(value).toMatch(/['\\$]/);
    }
  }
  return variables;
}

test('dotenv reads back every value that it can carry', () => {
  const variables = carried();
  expect(Object.keys(variables).length).toBeGreaterThan(150);
  expect(parse(render('dotenv', variables))).toEqual(variables);
});

test('node --env-file reads back every value that a dotenv file can carry', () => {
  const variables = carried();
  const folder = mkdtempSync(join(tmpdir(), 'varvel-dotenv-'));
  try {
    const file = join(folder, '.env');
    writeFileSync(file, render('dotenv', variables));
    const print = 'process.stdout.write(JSON.stringify(process.env))';
    const read = execFileSync(process.execPath, [`--env-file=${file}`, '-e', print], {
      env: {},
      encoding: 'utf8',
    });
    expect(JSON.parse(read)).toEqual(variables);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test('JSON holds any value', () => {
  for (const value of values)
    expect(JSON.parse(render('json', { FAL_KEY: value }))).toEqual({ FAL_KEY: value });
});

test('what can only add can’t remove', () => {
  for (const format of ['dotenv', 'json'] as const) {
    expect(() => renderUnset(format, ['FAL_KEY'])).toThrow(expect.objectContaining({ code: 'usage' }));
  }
});
