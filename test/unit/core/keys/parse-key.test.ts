import fc from 'fast-check';
import { expect, test } from 'vitest';
import { hasCode } from '../../../../core/model/error.ts';
import { checkAlias } from '../../../../core/model/fal/alias.ts';
import { joinKey, looksUsual, parseKey } from '../../../../core/model/fal/key.ts';
import { attackRounds, figure } from '../../../attacks/figures.ts';

/** What reading a text gives: its halves, or the error. */
function read(text: string) {
  try {
    return { parts: parseKey(text), error: null };
  } catch (error) {
    if (!hasCode(error, 'invalid')) throw error;
    return { parts: null, error };
  }
}

const printable = fc.stringMatching(/^[\x21-\x7e]{1,40}$/);
const anyText = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({ unit: 'grapheme' }),
  fc
    .array(fc.constantFrom(':', ' ', '\r', '\n', '\0', '\t', 'é', '\u007f', '\u2028', 'a', '1'), {
      maxLength: 12,
    })
    .map((parts) => parts.join('')),
);

test('a key is split at its first colon, whatever stands after it', () => {
  fc.assert(
    fc.property(
      printable.filter((id) => !id.includes(':')),
      printable,
      fc.stringMatching(/^[ \t\r\n]{0,3}$/),
      (id, secret, blank) => {
        expect(parseKey(`${blank}${id}:${secret}${blank}`)).toEqual({ id, secret });
      },
    ),
  );
});

test('whatever is given, what is taken holds printable ASCII only and nothing is added', () => {
  const counts = { 'texts given as keys': 0, 'texts refused': 0, 'taken that no header carries': 0 };
  fc.assert(
    fc.property(anyText, (text) => {
      const { parts, error } = read(text);
      counts['texts given as keys'] += 1;
      if (!parts) {
        counts['texts refused'] += 1;
        expect(error?.hint).toEqual({
          action: 'advice',
          text: expect.stringContaining('KEY_ID:KEY_SECRET'),
        });
        return;
      }
      expect(joinKey(parts)).toBe(text.trim());
      if (!/^[\x20-\x7e]+$/.test(joinKey(parts))) counts['taken that no header carries'] += 1;
      expect(parts.id.trim()).not.toBe('');
      expect(parts.secret.trim()).not.toBe('');
      expect(parts.id).not.toContain(':');
    }),
    { numRuns: 2000 * attackRounds },
  );
  expect(counts).toMatchObject({ 'taken that no header carries': 0 });
  figure(7, 'any text as a key', counts);
});

test('a character that a header can’t carry is refused wherever it stands', () => {
  const bad = ['\r', '\n', '\0', '\t', '\x1b', '\x7f', '\x80', 'é', '\u00a0', '\u2028', '🔑', '\ud800'];
  for (const character of bad) {
    for (const text of [
      `a${character}b:secret`,
      `id:sec${character}ret`,
      `id${character}:s`,
      `id:${character}s`,
    ]) {
      expect({ text, code: read(text).error?.code }).toEqual({ text, code: 'invalid' });
    }
  }
});

test('the message of a refusal repeats nothing of the input', () => {
  fc.assert(
    fc.property(fc.stringMatching(/^[0-9]{8,20}$/), fc.constantFrom('\n', 'é', '\0', ''), (digits, spoil) => {
      const { error } = read(`${digits}${spoil}${digits}`);
      expect(`${error?.message} ${JSON.stringify(error?.hint)}`).not.toContain(digits.slice(0, 8));
    }),
  );
});

test('empty halves are refused', () => {
  for (const text of ['', ' ', ':', 'a:', ':b', ' : ', 'a: ', ' :b', 'none', '\n']) {
    expect({ text, code: read(text).error?.code }).toEqual({ text, code: 'invalid' });
  }
});

test('the form of fal’s keys is known, others are only unusual', () => {
  expect(looksUsual(parseKey('37ed22eb-9938-4bfd-a7b0-be4c71637d53:7a46c6ba342c9b7c2dbb3ca279b53380'))).toBe(
    true,
  );
  for (const text of [
    'a:b',
    '37ed22eb-9938-4bfd-a7b0-be4c71637d53:short',
    'x:7a46c6ba342c9b7c2dbb3ca279b53380',
  ]) {
    expect(looksUsual(parseKey(text))).toBe(false);
  }
});

test('an alias has 1 to 255 characters, counted as people count code points', () => {
  for (const alias of ['a', 'ä'.repeat(255), '🪶'.repeat(255), ' a ']) expect(checkAlias(alias)).toBe(alias);
  for (const alias of ['', ' ', 'a'.repeat(256), '🪶'.repeat(256), 'a\nb', 'a\u0000', '\u0085']) {
    expect(() => checkAlias(alias)).toThrow(expect.objectContaining({ code: 'invalid' }));
  }
});
