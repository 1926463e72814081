import type { CopyForm } from '../model/machine/key-copy.ts';

interface Written {
  form: CopyForm;
  /** For base64, in which a line break may stand. */
  base64: Base64Edges | null;
}

/** A secret in one form, as bytes to search for. */
export interface Pattern extends Written {
  bytes: Uint8Array;
  /** What may stand before it when the key's id does too. Only for a secret that was found: there are many. */
  befores(): Before[];
}

/** A key's id before the secret, and the form this makes of the key. */
interface Before {
  form: CopyForm;
  bytes: Uint8Array;
}

/** The most bytes that a form takes for a character of a key. */
export const longestCharacter = 7;

/** What the characters beside the sure ones hold of the secret, in bits: they also hold bits of what is beside it. */
export interface Base64Edges {
  /** In the last bits of the character before; a count of 0 for none. */
  before: { bits: number; value: number };
  /** In the first bits of the character after. */
  after: { bits: number; value: number };
}

/** A text before the secret, in one form: all of it is known to stand there when the whole key does. */
type Encode = (text: string) => string;

const percent: Encode = (text) => everyByte(text, (code) => `%${hex(code, 2)}`);
const unicode: Encode = (text) => everyByte(text, (code) => `\\u${hex(code, 4)}`);
const lower =
  (encode: Encode): Encode =>
  (text) =>
    encode(text).replace(/%[\dA-F]{2}|\\u[\dA-F]{4}/g, (code) => code.toLowerCase());
const inJson: Encode = (text) => JSON.stringify(text).slice(1, -1);
const nested =
  (encode: Encode): Encode =>
  (text) =>
    inJson(encode(text));
const strictUrl: Encode = (text) => encodeURIComponent(text).replace(/[!'()*~]/g, percent);
const plain: Encode = (text) => text;

/** How a program writes a text. A key is printable ASCII. */
const encodings: readonly (readonly [CopyForm, Encode])[] = [
  ['plain', plain],
  ['url', encodeURIComponent],
  ['url', lower(encodeURIComponent)],
  // forms write a space as +, and leave fewer characters as they are
  ['url', (text) => strictUrl(text).replaceAll('%20', '+').replaceAll('%2A', '*')],
  ['url', (text) => strictUrl(text).replaceAll('%20', '+')],
  ['url', strictUrl],
  ['url', percent],
  ['url', lower(percent)],
  ['json', inJson],
  // PHP escapes slashes; Go, Python and .NET what HTML reads
  ['json', (text) => inJson(text).replaceAll('/', '\\/')],
  ['json', (text) => inJson(text).replace(/[<>&'+]/g, unicode)],
  ['json', lower((text) => inJson(text).replace(/[<>&'+]/g, unicode))],
  ['json', unicode],
  ['json', lower(unicode)],
  // JSON in JSON, as in notebooks and transcripts
  ['json', nested(inJson)],
  ['json', nested(unicode)],
  ['json', nested(lower(unicode))],
];

/** What may stand between the two halves where both are written alike: a colon, or what a program makes of it. */
const colons: readonly (readonly [CopyForm, string])[] = [
  ['plain', ':'],
  ['url', '%3A'],
  ['url', '%3a'],
  ['json', '\\u003a'],
  ['json', '\\u003A'],
  ['plain', '\\:'],
];

/**
 * Every form of a key's secret that is searched for. A form that is the same as an earlier one is left out, so an
 * ordinary key, which has no character to escape, is `plain` in a URL too.
 */
export function patternsOf({ id, secret }: { id: string; secret: string }): Pattern[] {
  const forms = new Map<string, Written & { ways: (() => Before[])[] }>();
  const add = (text: string, written: Written, befores: () => Before[]) => {
    const known = forms.get(text);
    if (known) known.ways.push(befores);
    else forms.set(text, { ...written, ways: [befores] });
  };
  for (const [form, encode] of encodings)
    add(encode(secret), { form, base64: null }, () => [
      ...colons.map(([ofColon, colon]) => ({
        form: form === 'plain' ? ofColon : form,
        bytes: bytesOf(encode(id) + colon),
      })),
      { form, bytes: bytesOf(encode(`${id}:`)) },
    ]);
  for (const skipped of [0, 1, 2]) {
    const alone = sureBase64(secret, skipped);
    for (const alphabet of [plain, urlAlphabet])
      add(alphabet(alone), { form: 'base64', base64: edgesOf(secret, skipped) }, () => {
        // where the id begins, so that the secret begins at the same place in a group of three bytes
        const whole = sureBase64(`${id}:${secret}`, (skipped + 3 - ((id.length + 1) % 3)) % 3);
        return [{ form: 'base64', bytes: bytesOf(alphabet(whole.slice(0, -alone.length))) }];
      });
  }
  // without the last NUL, so that it is the same in both byte orders
  add(wide(secret).slice(0, -1), { form: 'utf16', base64: null }, () => [
    { form: 'utf16', bytes: bytesOf(wide(`${id}:`)) },
  ]);
  return [...forms].map(([text, { form, base64, ways }]) => ({
    form,
    base64,
    bytes: bytesOf(text),
    befores: () => ways.flatMap((befores) => befores()),
  }));
}

/** The base64 of a text after some bytes of another one: only the characters that the text alone decides. */
function sureBase64(text: string, skipped: number): string {
  const encoded = btoa('\0'.repeat(skipped) + text);
  const bits = { from: skipped * 8, to: (skipped + text.length) * 8 };
  return encoded.slice(Math.ceil(bits.from / 6), Math.floor(bits.to / 6));
}

function edgesOf(secret: string, skipped: number): Base64Edges {
  const before = (6 - ((skipped * 8) % 6)) % 6;
  const after = ((skipped + secret.length) * 8) % 6;
  return {
    before: { bits: before, value: secret.charCodeAt(0) >> (8 - before) },
    after: { bits: after, value: secret.charCodeAt(secret.length - 1) & (2 ** after - 1) },
  };
}

const urlAlphabet: Encode = (base64) => base64.replaceAll('+', '-').replaceAll('/', '_');

const hex = (code: number, digits: number): string => code.toString(16).toUpperCase().padStart(digits, '0');

const everyByte = (text: string, encode: (code: number) => string): string =>
  [...text].map((character) => encode(character.charCodeAt(0))).join('');

/** Of ASCII. */
const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);

/** UTF-16, the low byte first. */
const wide: Encode = (text) => text.replace(/./g, '$&\0');
