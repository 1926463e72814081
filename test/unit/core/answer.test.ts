import { expect, test } from 'vitest';
import * as z from 'zod/mini';
import { decodeAnswer, falRefusal, falWordsOf, lockReasonOf, refusalCode } from '../../../core/fal/answer.ts';
import { verdictHint, verdictReason } from '../../../core/model/fal/verdict.ts';

test.each([
  ['the Platform API', '{"error":{"type":"authorization_error","message":"No.","request_id":"1"}}', 'No.'],
  ['a model', '{"detail":"No user found for Key ID and Secret"}', 'No user found for Key ID and Secret'],
  [
    'a validation',
    '{"detail":[{"loc":["body"],"msg":"field required","type":"x"},{"msg":"too long"}]}',
    'field required; too long',
  ],
  ['a plain message', '{"message":"Gone."}', 'Gone.'],
])('the words of %s are found', (_, body, words) => {
  expect(falWordsOf(body)).toBe(words);
});

test.each([
  '',
  'oops',
  '<html>',
  'null',
  '3',
  '[]',
  '{}',
  '{"detail":[]}',
  '{"error":"x"}',
  '{"detail":{"a":1}}',
])('%j has no words that we know, and is no failure of ours', (body) => {
  expect(falWordsOf(body)).toBeNull();
});

test('control characters and novels don’t reach the terminal', () => {
  const words =
    falWordsOf(JSON.stringify({ detail: `red \u001b[31m\r\nline\u0000\u009b2J${'x'.repeat(9000)}` })) ?? '';
  expect(words).not.toMatch(/\p{Cc}/u);
  expect(words.length).toBeLessThanOrEqual(500);
  expect(words).toContain('line');
});

test.each([
  [401, 'No user found for Key ID and Secret', 'unauthorized'],
  [
    403,
    'User is locked. Reason: Exhausted balance. Top up your balance at fal.ai/dashboard/billing.',
    'locked',
  ],
  [403, 'User is locked. Reason: Admin lock. Please contact support@fal.ai', 'locked'],
  [403, 'User is locked. Reason: TOP_UP.', 'locked'],
  [403, 'User is locked', 'locked'],
  [403, 'This needs an ADMIN key', 'forbidden'],
  [403, '', 'forbidden'],
  [429, '', 'rate_limited'],
  [500, '', 'server_error'],
  [503, 'User is locked. Reason: x', 'server_error'],
  [400, '', 'refused'],
  [404, '', 'refused'],
  [422, 'field required', 'refused'],
])('%i “%s” is %s', (status, words, code) => {
  expect(refusalCode(status, words)).toBe(code);
  const error = falRefusal('do it', status, words || null);
  expect(error).toMatchObject({ code });
  expect(error.message).toContain(code === 'locked' ? 'Account locked' : `HTTP ${status}`);
  expect(error.hint.action).not.toBe('none');
});

test.each([
  ['User is locked. Reason: TOP_UP.', 'Account locked: TOP_UP.'],
  [
    'User is locked. Reason: Admin lock. Please contact support@fal.ai',
    'Account locked: Admin lock. Please contact support@fal.ai.',
  ],
  ['User is locked', 'Account locked.'],
  // a spending limit of one key: the balance is not to blame
  ['User is locked. Reason: API key spending limit reached.', 'Key locked: API key spending limit reached.'],
])('“%s” reads “%s”', (words, message) => {
  const error = falRefusal('do it', 403, words);
  expect(error.message).toBe(message);
  const action = message.startsWith('Key') ? 'raise_key_limit' : 'top_up';
  expect(error.hint.action).toBe(action);
  expect(verdictHint({ kind: 'locked', message: error.message }, 'key-1').action).toBe(action);
  const reason = verdictReason({ kind: 'locked', message: error.message });
  expect(reason === 'this key').toBe(message.startsWith('Key'));
});

test('the reason of a lock is fal’s own', () => {
  expect(lockReasonOf('User is locked. Reason: TOP_UP.')).toBe('TOP_UP.');
  expect(lockReasonOf('User is locked. Reason: Admin lock. Please contact support@fal.ai')).toBe(
    'Admin lock. Please contact support@fal.ai',
  );
  expect(lockReasonOf('User is locked')).toBe('User is locked');
  expect(lockReasonOf('You may not')).toBeNull();
});

test('an answer of another shape is fal’s fault, and says where it differs', async () => {
  const schema = z.object({ keys: z.array(z.object({ id: z.string() })) });
  const decode = (body: string, status = 200) =>
    decodeAnswer('list keys', new Response(body, { status }), schema);
  expect(await decode('{"keys":[{"id":"a","more":1}]}')).toEqual({ keys: [{ id: 'a' }] });
  await expect(decode('{"keys":[{"id":3}]}')).rejects.toMatchObject({
    code: 'server_error',
    message: expect.stringContaining('keys.0.id'),
  });
  await expect(decode('<html>')).rejects.toMatchObject({
    code: 'server_error',
    message: expect.stringContaining('not JSON'),
  });
  await expect(decode('{"detail":"no"}', 401)).rejects.toMatchObject({ code: 'unauthorized' });
});
