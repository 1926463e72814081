import type { CopyForm } from '../model/machine/key-copy.ts';

/** A secret in one form, as bytes to search for. */
export interface Pattern {
  form: CopyForm;
  bytes: Uint8Array;
  /** For base64, in which a line break may stand. */
  base64: Base64Edges | null;
  /** What stands before it when the key's id does too, and the form this makes of it. */
  befores: { form: CopyForm; bytes: Uint8Array }[];
}

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
  const forms = new Map<
    string,
    { form: CopyForm; base64: Base64Edges | null; befores: Map<string, CopyForm> }
  >();
  const add = (
    form: CopyForm,
    base64: Base64Edges | null,
    text: string,
    befores: (readonly [CopyForm, string])[],
  ) => {
    const known = forms.get(text) ?? { form, base64, befores: new Map<string, CopyForm>() };
    for (const [ofBefore, before] of befores)
      if (!known.befores.has(before)) known.befores.set(before, ofBefore);
    forms.set(text, known);
  };
  for (const [form, encode] of encodings) {
    const before = encode(id);
    const between = colons.map(
      ([ofColon, colon]) => [form === 'plain' ? ofColon : form, before + colon] as const,
    );
    add(form, null, encode(secret), [...between, [form, encode(`${id}:`)]]);
  }
  for (const skipped of [0, 1, 2]) {
    const alone = sureBase64(secret, skipped);
    // where the id begins, so that the secret begins at the same place in a group of three bytes
    const whole = sureBase64(`${id}:${secret}`, (skipped + 3 - ((id.length + 1) % 3)) % 3);
    const before = whole.slice(0, -alone.length);
    for (const alphabet of [plain, urlAlphabet])
      add('base64', edgesOf(secret, skipped), alphabet(alone), [['base64', alphabet(before)]]);
  }
  // without the last NUL, so that it is the same in both byte orders
  add('utf16', null, wide(secret).slice(0, -1), [['utf16', wide(`${id}:`)]]);
  return [...forms].map(([text, { form, base64, befores }]) => ({
    form,
    bytes: bytesOf(text),
    base64,
    befores: [...befores].map(([before, ofBefore]) => ({ form: ofBefore, bytes: bytesOf(before) })),
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
