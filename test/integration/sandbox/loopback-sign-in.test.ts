import * as client from 'openid-client';
import { describe, expect, it } from 'vitest';
import { createPlainBrowser, type PlainBrowser } from './plain-browser.ts';
import { runningSandbox } from './running.ts';

const sandbox = runningSandbox();

const callback = 'http://127.0.0.1:1/callback/with/a/path';

/** Prepares a sign-in with an independent client; `extra` goes into the authorization address. */
const prepare = async (extra: Record<string, string> = {}) => {
  const { issuer, clientId, audience } = sandbox().environment;
  const config = await client.discovery(new URL(issuer), clientId, undefined, client.None(), {
    execute: [client.allowInsecureRequests],
  });
  const verifier = client.randomPKCECodeVerifier();
  const [state, nonce] = [client.randomState(), client.randomNonce()];
  const url = client.buildAuthorizationUrl(config, {
    redirect_uri: callback,
    scope: 'openid profile email offline_access',
    audience,
    code_challenge: await client.calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
    state,
    nonce,
    ...extra,
  });
  const finish = (end: string) =>
    client.authorizationCodeGrant(config, new URL(end), {
      pkceCodeVerifier: verifier,
      expectedState: state,
      expectedNonce: nonce,
      idTokenExpected: true,
    });
  return { url, state, finish };
};

const newBrowser = (): PlainBrowser => createPlainBrowser((url) => url.startsWith(callback));

describe('a loopback sign-in', () => {
  it('gives an independent client tokens, a nonce and the issuer, by a link alone', async () => {
    const { url, finish } = await prepare({ connection: 'github' });
    const browser = newBrowser();
    const page = await browser.open(url.href);
    expect([...page.html.matchAll(/data-person="ada"/g)]).toHaveLength(2);
    const end = await browser.follow(page, 'data-person="ada"');
    expect(new URL(end.url).searchParams.get('iss')).toBe(sandbox().environment.issuer);
    const tokens = await finish(end.url);
    expect(tokens.claims()).toMatchObject({ name: 'Ada Lovelace', email: 'ada@example.com' });
    expect(tokens.refresh_token).toBeDefined();
    expect(tokens.scope?.split(' ')).toContain('offline_access');
  });

  it('offers the methods when none is asked for, and asks for no consent afterwards', async () => {
    const { url, finish } = await prepare();
    const browser = newBrowser();
    const methods = await browser.open(url.href);
    const google = await browser.follow(methods, 'data-connection="google"');
    const end = await browser.press(google, 'data-person="grace"');
    expect((await finish(end.url)).claims()?.email).toBe('grace@example.org');
  });

  it('lets one browser sign in one person after another', async () => {
    const browser = newBrowser();
    const who = async (connection: string, person: string): Promise<unknown> => {
      const { url, finish } = await prepare({ connection });
      const end = await browser.follow(await browser.open(url.href), `data-person="${person}"`);
      return (await finish(end.url)).claims()?.sub;
    };
    const subs = [
      await who('github', 'ada'),
      await who('google', 'grace'),
      await who('example.com', 'ada-sso'),
    ];
    expect(new Set(subs).size).toBe(3);
  });

  it('offers to go on as the last person, unless a fresh login is asked for', async () => {
    const browser = newBrowser();
    const first = await prepare({ connection: 'google' });
    await browser.follow(await browser.open(first.url.href), 'data-person="grace"');
    const second = await prepare();
    const end = await browser.press(await browser.open(second.url.href), 'data-person="grace"');
    expect((await second.finish(end.url)).claims()?.name).toBe('Grace Hopper');
    const fresh = await prepare({ prompt: 'login' });
    expect((await browser.open(fresh.url.href)).html).not.toContain('data-person');
  });

  it('leads from a method back to the others', async () => {
    const { url } = await prepare({ connection: 'github' });
    const browser = newBrowser();
    const page = await browser.open(url.href);
    expect((await browser.follow(page, 'connection="')).html).toContain('Sign in with Google');
  });

  it('comes back with access_denied and the same state when the person cancels', async () => {
    const { url, state } = await prepare({ connection: 'github' });
    const browser = newBrowser();
    const end = await browser.press(await browser.open(url.href), 'name="cancel"');
    const answer = new URL(end.url).searchParams;
    expect([answer.get('error'), answer.get('state')]).toEqual(['access_denied', state]);
  });

  it('takes any port and path of 127.0.0.1, and no other address', async () => {
    const status = async (redirect_uri: string): Promise<number> => {
      const { url } = await prepare({ redirect_uri });
      return (await newBrowser().open(url.href)).status;
    };
    expect(await status('http://127.0.0.1:54321/')).toBe(200);
    expect(await status('http://127.0.0.1:1/other')).toBe(200);
    for (const address of [
      'http://evil.example/callback',
      'https://127.0.0.1/x',
      'http://127.0.0.1.evil.example/',
    ])
      expect(await status(address)).toBe(400);
  });

  it('needs PKCE with S256', async () => {
    const { url } = await prepare({ connection: 'github' });
    for (const name of ['code_challenge', 'code_challenge_method']) url.searchParams.delete(name);
    const end = await newBrowser().open(url.href);
    expect(new URL(end.url).searchParams.get('error')).toBe('invalid_request');
    const { url: plain } = await prepare({ code_challenge_method: 'plain' });
    expect(new URL((await newBrowser().open(plain.href)).url).searchParams.get('error')).toBe(
      'invalid_request',
    );
  });

  it('gives a code that works once', async () => {
    const { url, finish } = await prepare({ connection: 'github' });
    const browser = newBrowser();
    const end = await browser.follow(await browser.open(url.href), 'data-person="ada"');
    await finish(end.url);
    await expect(finish(end.url)).rejects.toMatchObject({ error: 'invalid_grant' });
  });

  it('belongs to the browser it began in', async () => {
    const { url } = await prepare({ connection: 'github' });
    const page = await newBrowser().open(url.href);
    const stranger = await newBrowser().follow(page, 'data-person="ada"');
    expect([stranger.status, stranger.html.includes('another browser')]).toEqual([400, true]);
  });

  it('has pages that load and run nothing', async () => {
    const { url } = await prepare({ connection: 'github' });
    const { headers, html } = await newBrowser().open(url.href);
    expect(headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(html).not.toMatch(/<script|\ssrc=|@import|url\(/);
  });
});
