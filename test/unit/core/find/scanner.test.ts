import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createScanner, type KnownKey } from '../../../../core/find/scanner.ts';
import { createSmallScanner } from '../../../../core/find/small-scanner.ts';
import { newKey, writings } from './forms.ts';

const keys = Array.from({ length: 50 }, newKey);
const key = keys[17] ?? newKey();
const scanner = createScanner(keys);
const scan = (bytes: Buffer) => scanner.scan(bytes, bytes.length);

const noise = fc.oneof(
  fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes)),
  fc.string({ maxLength: 300 }).map((text) => Buffer.from(text)),
  // as dense as lock files, packs and data are
  fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(Buffer.from(bytes).toString('hex'))),
  fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(Buffer.from(bytes).toString('base64'))),
);

describe.each(Object.entries(writings))('%s', (_, { form, write }) => {
  test('a whole key is found at any place, between anything', () => {
    fc.assert(
      fc.property(noise, noise, fc.nat(7), (before, after, shift) => {
        const copy = Buffer.from(write(`${key.id}:${key.secret}`));
        // at any place in a word of memory too
        const bytes = Buffer.concat([Buffer.alloc(shift), before, copy, after]).subarray(shift);
        const found = scan(bytes);
        expect(found).toMatchObject([{ keyId: key.id, part: 'key', form }]);
        const [match] = found;
        expect(match?.start).toBeGreaterThanOrEqual(before.length);
        expect(match?.end).toBeLessThanOrEqual(before.length + copy.length);
      }),
      { numRuns: 60 },
    );
  });

  test('a secret half alone is found', () => {
    fc.assert(
      fc.property(noise, noise, (before, after) => {
        const bytes = Buffer.concat([before, Buffer.from('\n'), Buffer.from(write(key.secret)), after]);
        expect(scan(bytes)).toMatchObject([{ keyId: key.id, part: 'secret', form }]);
      }),
      { numRuns: 40 },
    );
  });
});

test('base64 is found in lines of any length, with any indent, at any place', () => {
  for (let width = 4; width <= 24; width += 1) {
    for (const between of [
      '\n',
      '\r\n',
      '\n  ',
      '\n   ',
      '\n    ',
      '\n\t',
      `\n${' '.repeat(11)}`,
      `\r\n${' '.repeat(30)}`,
    ]) {
      for (let before = 0; before < 16 + width; before += 1) {
        const base64 = Buffer.from(`${'u'.repeat(before % 3)}${key.secret}`).toString('base64');
        // the first line may be shorter
        const first = 1 + ((before * 5) % width);
        const lines = [
          base64.slice(0, first),
          ...(base64.slice(first).match(new RegExp(`.{1,${width}}`, 'g')) ?? []),
        ];
        const bytes = Buffer.from(`${'-'.repeat(before)}: |${between}${lines.join(between)}\n`);
        expect(scan(bytes), `${width} ${JSON.stringify(between)} ${before}`).toMatchObject([
          { keyId: key.id, part: 'secret', form: 'base64' },
        ]);
      }
    }
  }
});

test('a scanner for little text finds the same, before and after it has its table', () => {
  for (const { write } of Object.values(writings)) {
    const copy = Buffer.from(write(`${key.id}:${key.secret}`));
    const other = Buffer.from(write(randomUUID() + randomUUID()));
    const small = createSmallScanner(keys);
    for (const bytes of [other, Buffer.alloc(100_000, 'x'), copy]) {
      for (const each of [small, createSmallScanner(keys)])
        expect(each.scan(bytes, bytes.length)).toEqual(scan(bytes));
    }
  }
});

test('without keys, nothing is found', () => {
  expect(createScanner([]).scan(Buffer.from(`${key.id}:${key.secret}`), 69)).toEqual([]);
});

test('what is no copy is not found', () => {
  fc.assert(
    fc.property(fc.array(noise, { maxLength: 20 }), (parts) => {
      expect(scan(Buffer.concat(parts))).toEqual([]);
    }),
    { numRuns: 200 },
  );
});

test('a key with one character changed, or its last one missing, is not found', () => {
  const text = `${key.id}:${key.secret}`;
  for (const { write } of Object.values(writings)) {
    for (let place = key.id.length + 1; place < text.length; place += 1) {
      const other = `${text.slice(0, place)}${text[place] === '0' ? '1' : '0'}${text.slice(place + 1)}`;
      expect(scan(Buffer.from(write(other)))).toEqual([]);
    }
  }
  expect(scan(Buffer.from(`${text.slice(0, -1)}\n`))).toEqual([]);
  expect(scan(Buffer.from(key.id))).toEqual([]);
});

test('every key in a file full of them is found, each once', () => {
  const text = keys.map(({ id, secret }, index) => `KEY_${index}=${id}:${secret}\n`).join('');
  const found = scan(Buffer.from(text));
  expect(found.map(({ keyId }) => keyId)).toEqual(keys.map(({ id }) => id));
  expect(new Set(found.map(({ part }) => part))).toEqual(new Set(['key']));
});

test('a key whose colon is escaped is a whole key in that form', () => {
  for (const [colon, form] of [
    ['%3A', 'url'],
    ['%3a', 'url'],
    ['\\u003a', 'json'],
    ['\\:', 'plain'],
  ]) {
    expect(scan(Buffer.from(`Key ${key.id}${colon}${key.secret}`))).toMatchObject([{ part: 'key', form }]);
  }
});

/** Another format than fal's usual one: nothing published fixes it. */
const unusual: fc.Arbitrary<KnownKey> = fc.record({
  id: fc.string({ unit: fc.constantFrom(...'abcXYZ019_-.+/'), minLength: 1, maxLength: 40 }),
  // begins as it nowhere goes on, so that it can't overlap itself
  secret: fc
    .string({
      unit: fc.constantFrom(...' !"#$%&\'()*+,-./0189:;<=>?@AZ[\\]^_`az{|}~'),
      minLength: 11,
      maxLength: 80,
    })
    .map((text) => `k${text}`),
});

test('a key of any characters is found as URLs, forms and JSON have it', () => {
  fc.assert(
    fc.property(unusual, noise, (odd, before) => {
      const { scan: scanOdd } = createScanner([odd]);
      const whole = `${odd.id}:${odd.secret}`;
      for (const copy of [
        whole,
        encodeURIComponent(whole),
        new URLSearchParams({ whole }).toString(),
        JSON.stringify({ whole }),
        JSON.stringify(JSON.stringify({ whole })),
        Buffer.from(whole).toString('base64'),
        Buffer.from(`x${whole}`).toString('base64url'),
      ]) {
        const bytes = Buffer.concat([before, Buffer.from(` ${copy} `)]);
        expect(scanOdd(bytes, bytes.length), copy).toMatchObject([{ keyId: odd.id, part: 'key' }]);
      }
    }),
    { numRuns: 300 },
  );
});
