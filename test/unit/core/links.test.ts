import { expect, test } from 'vitest';
import { falEnvironment } from '../../../core/model/fal/fal-environment.ts';
import { allowedLink } from '../../../core/model/fal/links.ts';

const sandbox = {
  ...falEnvironment,
  name: 'sandbox',
  issuer: 'http://127.0.0.1:4000/',
  connectionUrl: 'http://127.0.0.1:4000/connection',
  dashboardUrl: 'http://127.0.0.1:4000/dashboard',
};

test.each([
  ['https://fal.ai/dashboard/keys', falEnvironment],
  ['https://docs.fal.ai/', falEnvironment],
  ['https://auth.fal.ai/activate?user_code=ABCD', falEnvironment],
  ['http://127.0.0.1:4000/activate', sandbox],
])('%s is opened', (address, environment) => {
  expect(allowedLink(address, environment)).toBe(address);
});

test.each([
  'http://fal.ai/',
  'https://fal.ai.example.com/',
  'https://example.com/?https://fal.ai/',
  'https://a:b@fal.ai/',
  'https://fal.ai:444/',
  'http://127.0.0.1:4000/',
  'file:///etc/passwd',
  'javascript:alert(1)',
  'data:text/html,x',
  'varvel://app/',
  'ms-settings:privacy',
  'not an address',
  '',
])('%s is not', (address) => {
  expect(allowedLink(address, falEnvironment)).toBe(null);
});

test('plain http is for the environment’s own pages on loopback only', () => {
  expect(allowedLink('http://127.0.0.1:4001/', sandbox)).toBe(null);
  expect(allowedLink('http://example.com/', { ...sandbox, dashboardUrl: 'http://example.com/' })).toBe(null);
});
