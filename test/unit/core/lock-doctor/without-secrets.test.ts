import fc from 'fast-check';
import { expect, test } from 'vitest';
import { withoutSecrets } from '../../../../core/lock-doctor/without-secrets.ts';
import { formsOfKey, found } from '../../../integration/promises/canary.ts';

const half = fc.string({ unit: fc.constantFrom(...'abcdef0123456789-_:"\\/+'), minLength: 8, maxLength: 40 });

test('a key in any form that a server may send back is taken out of a text, and its id stays', () => {
  fc.assert(
    fc.property(fc.uuid(), half, (id, secret) => {
      const key = `${id}:${secret}`;
      const forms = formsOfKey('key', key);
      for (const { bytes } of forms) {
        const text = `fal says: “no ${bytes.toString('latin1')} here”, key ${id}`;
        const clean = withoutSecrets(text, [key, secret]);
        expect(
          found(
            Buffer.from(clean, 'latin1'),
            forms.filter((form) => form.bytes.length > 3),
          ),
        ).toEqual(bytes.includes(0) ? found(Buffer.from(text, 'latin1'), forms) : []);
        expect(clean).toContain(`key ${id}`);
      }
    }),
    { numRuns: 50 },
  );
});

test('a text without one stays as it is', () => {
  const text = 'User is locked. Reason: Exhausted balance.';
  expect(withoutSecrets(text, ['abc-1:0123456789abcdef', '0123456789abcdef'])).toBe(text);
});
