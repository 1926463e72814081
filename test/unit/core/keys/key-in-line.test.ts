import { expect, test } from 'vitest';
import { keyInLine } from '../../../../core/shells/key-in-line.ts';

test.each([
  'export FAL_KEY=id:secret',
  '  export FAL_KEY="id:secret" # for the shop',
  "FAL_KEY='id:secret'; export FAL_KEY",
  'PORT=1 FAL_KEY=id:secret npm start',
  'set -gx FAL_KEY id:secret',
  'setenv FAL_KEY "id:secret"',
  '$env:FAL_KEY = "id:secret"',
  "$env.FAL_KEY = 'id:secret'",
  'set-env FAL_KEY id:secret',
  "set E:FAL_KEY = 'id:secret'",
])('the key is found in “%s”', (line) => {
  expect(keyInLine(line)).toBe('id:secret');
});

test.each([
  'export FAL_KEY=$(pass fal)',
  'export FAL_KEY="$(pass fal:work)"',
  'export FAL_KEY="$OTHER:x"',
  // biome-ignore lint/suspicious/noTemplateCurlyInString: a shell's
  'export FAL_KEY=${OTHER:-x}',
  'export FAL_KEY=`cat ~/.key`',
  'export FAL_KEY=',
  'export FAL_KEY_ID=id:secret',
  'set -gx FAL_KEY (pass fal:work)',
])('a key from another place is not guessed in “%s”', (line) => {
  expect(keyInLine(line)).toBe(null);
});
