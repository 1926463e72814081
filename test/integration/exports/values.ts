import fc from 'fast-check';

/** What a key can be: printable ASCII, the awkward characters more often than chance would have them. */
const awkward = fc.string({
  unit: fc.constantFrom(...`'"\`\\$#!%^&|;<>(){}[]*?~= ,@:abnrtux01/-`.split('')),
  minLength: 1,
  maxLength: 24,
});
const printable = fc.stringMatching(/^[\x20-\x7e]{1,60}$/);

const known = [
  ...`'"\\\`$#!%^&|;<>(){}[]*?~= ,@:-`,
  "\\'",
  "'\\''",
  '\\\\',
  'end\\',
  "it's\\",
  '$HOME',
  // biome-ignore lint/suspicious/noTemplateCurlyInString: a shell's
  '${HOME}',
  // biome-ignore lint/suspicious/noTemplateCurlyInString: a shell's
  '${HOME:-x}',
  '$(echo no)',
  '`echo no`',
  '!!',
  '!$',
  'a!b',
  '\\!',
  '\\n',
  '%PATH%',
  ' led ',
  '  two  blanks  ',
  '-n',
  '-e',
  '--',
  '~',
  '~root',
  'a#b',
  'a # b',
  '#',
  '=',
  '==a',
  '*',
  '/*',
  '{a,b}',
  '$1$2',
  '"quoted"',
  "'quoted'",
  '`quoted`',
  '"; exit 1; "',
  '\\u0041\\x41\\101',
  'EOF',
  '<<EOF',
  "$'\\n'",
  'true',
  'null',
  '0',
  '&amp;',
  'x'.repeat(2000),
];

/** The same thousands of values for every format: one that fails can be looked at. */
export const values: readonly string[] = [
  ...known,
  ...fc.sample(fc.oneof(awkward, printable), { numRuns: 3000, seed: 20_260_801 }),
];
