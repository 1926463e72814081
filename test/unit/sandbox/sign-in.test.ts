import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { escapeHtml } from '../../../sandbox/pages/layout.ts';
import { loginPage, methodsPage, type Step, unknownDomainPage } from '../../../sandbox/pages/signin-pages.ts';
import { people, peopleOf } from '../../../sandbox/people.ts';
import { isLoopbackRedirect } from '../../../sandbox/signin/client.ts';
import { shownCode } from '../../../sandbox/signin/device.ts';

const step: Step = {
  page: '/activate',
  methods: '/activate?user_code=BCDF-GHJK',
  choose: '/activate/choose',
  carry: { user_code: 'BCDF-GHJK' },
  code: 'BCDF-GHJK',
};

describe('a redirect address', () => {
  it('may be any port and path of a loopback address', () => {
    for (const uri of ['http://127.0.0.1:1/', 'http://127.0.0.1/callback', 'http://[::1]:65535/a/b?c=d'])
      expect(isLoopbackRedirect(uri)).toBe(true);
  });

  it('may be nothing else', () => {
    const others = [
      'https://127.0.0.1/',
      'http://localhost:1/',
      'http://127.0.0.1.evil.example/',
      'http://127.0.0.1@evil.example/',
      'http://user@127.0.0.1/',
      'http://127.0.0.1/#fragment',
      'http://10.0.0.1/',
      'varvel://callback',
      'no address',
    ];
    expect(others.filter(isLoopbackRedirect)).toEqual([]);
  });
});

describe('the sign-in pages', () => {
  it('hold each person once as a button and once as a link for browsers without JavaScript', () => {
    for (const connection of ['github', 'google', 'example.com']) {
      const html = loginPage(step, connection, peopleOf(connection));
      const [withScript = '', withoutScript = ''] = html.split('<noscript>');
      for (const { id, connections } of people) {
        const count = connections.includes(connection) ? 1 : 0;
        expect(withScript.split(`data-person="${id}"`)).toHaveLength(1 + count);
        expect(withoutScript.split(`data-person="${id}"`)).toHaveLength(1 + count);
      }
    }
  });

  it('say that this is the sandbox', () => {
    for (const html of [
      methodsPage(step, undefined),
      unknownDomainPage(step, 'x'),
      loginPage(step, 'github', []),
    ])
      expect(html).toContain('This is the sandbox');
  });

  it('never let what was typed become markup', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(escapeHtml(text)).not.toMatch(/[<>"']/);
      }),
    );
    expect(unknownDomainPage(step, '"><script>')).not.toContain('<script>');
  });
});

describe('a user code', () => {
  it('is shown the same way however it was typed', () => {
    for (const typed of ['BCDF-GHJK', 'bcdfghjk', ' bcdf ghjk ']) expect(shownCode(typed)).toBe('BCDF-GHJK');
  });
});
