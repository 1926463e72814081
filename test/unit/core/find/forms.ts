import { randomBytes, randomUUID } from 'node:crypto';
import type { KnownKey } from '../../../../core/find/scanner.ts';
import type { CopyForm } from '../../../../core/model/machine/key-copy.ts';

/** A key in fal's usual format. */
export const newKey = (): KnownKey => ({ id: randomUUID(), secret: randomBytes(16).toString('hex') });

const everyCharacter = (text: string, encode: (code: number) => string): string =>
  [...text].map((each) => encode(each.charCodeAt(0))).join('');

const hex = (code: number, digits: number): string => code.toString(16).padStart(digits, '0');

const unicode = (text: string) => everyCharacter(text, (code) => `\\u${hex(code, 4)}`);

/** The base64 of a text after others, so that it begins at a place in a group of three bytes. */
const base64After = (before: string) => (text: string) =>
  Buffer.from(`${before}${text}\n`).toString('base64');

/** Ways in which programs write a key, each made here by other means than the search's own. */
export const writings: Record<string, { form: CopyForm; write(text: string): Buffer | string }> = {
  plain: { form: 'plain', write: (text) => text },
  'base64, first of three': { form: 'base64', write: base64After('') },
  'base64, second of three': { form: 'base64', write: base64After('x') },
  'base64, third of three': { form: 'base64', write: base64After('xy') },
  'base64, wrapped at 76 as base64(1) does': {
    form: 'base64',
    write: (text) => base64After('')(text).replace(/.{76}/g, '$&\n'),
  },
  'base64, wrapped at 64 and indented': {
    form: 'base64',
    write: (text) => base64After('user:')(text).replace(/.{64}/g, '$&\r\n    '),
  },
  'base64, wrapped at 4': {
    form: 'base64',
    write: (text) => base64After('ab')(text).replace(/.{4}/g, '$&\n'),
  },
  'base64, wrapped at 12 and indented': {
    form: 'base64',
    write: (text) => base64After('a')(text).replace(/.{12}/g, '$&\r\n    '),
  },
  'base64, wrapped in JSON': {
    form: 'base64',
    write: (text) => JSON.stringify(base64After('')(text).replace(/.{60}/g, '$&\n')),
  },
  'base64 for URLs': { form: 'base64', write: (text) => Buffer.from(`a:${text}`).toString('base64url') },
  'URL, all of it': { form: 'url', write: (text) => everyCharacter(text, (code) => `%${hex(code, 2)}`) },
  'URL, all of it, in capitals': {
    form: 'url',
    write: (text) => everyCharacter(text, (code) => `%${hex(code, 2).toUpperCase()}`),
  },
  'JSON, all of it': { form: 'json', write: unicode },
  'JSON in JSON': { form: 'json', write: (text) => JSON.stringify(unicode(text)) },
  'UTF-16, low byte first': { form: 'utf16', write: (text) => Buffer.from(text, 'utf16le') },
  'UTF-16, high byte first': { form: 'utf16', write: (text) => Buffer.from(text, 'utf16le').swap16() },
};
