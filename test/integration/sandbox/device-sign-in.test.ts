import * as client from 'openid-client';
import { describe, expect, it } from 'vitest';
import { createPlainBrowser } from './plain-browser.ts';
import { ask, runningSandbox } from './running.ts';
import { askToken, bearer, poll, refresh, signIn, startDevice, tokensOf } from './sign-in.ts';

const sandbox = runningSandbox();

const discover = async (): Promise<client.Configuration> => {
  const { issuer, clientId } = sandbox().environment;
  return client.discovery(new URL(issuer), clientId, undefined, client.None(), {
    execute: [client.allowInsecureRequests],
  });
};

const seed = (connectionUrl: string, uri: string, user_code: string, connection: string): string =>
  `${connectionUrl}?${new URLSearchParams({ user_code, verification_uri_complete: uri, connection })}`;

describe('a device sign-in', () => {
  it('gives an independent OpenID client tokens it accepts, once the person is approved', async () => {
    const { audience, issuer, clientId } = sandbox().environment;
    const config = await discover();
    const started = await client.initiateDeviceAuthorization(config, {
      scope: 'openid profile email offline_access',
      audience,
    });
    expect(started.user_code).toMatch(/^[BCDFGHJKLMNPQRSTVWXZ]{4}-[BCDFGHJKLMNPQRSTVWXZ]{4}$/);
    expect(started.interval).toBeLessThanOrEqual(1);
    await ask(`${sandbox().control}/approve`, { body: { user_code: started.user_code, person: 'ada' } });
    const tokens = await client.pollDeviceAuthorizationGrant(config, started);
    expect(tokens.claims()).toMatchObject({
      iss: issuer,
      aud: clientId,
      name: 'Ada Lovelace',
      email: 'ada@example.com',
      email_verified: true,
    });
    const info = await client.fetchUserInfo(config, tokens.access_token, tokens.claims()?.sub ?? '');
    expect(info.email).toBe('ada@example.com');
  });

  it('finishes through the connection address and a link, without JavaScript', async () => {
    const { connectionUrl } = sandbox().environment;
    const { device_code, user_code, verification_uri_complete } = await startDevice(sandbox());
    const browser = createPlainBrowser();
    const page = await browser.open(seed(connectionUrl, verification_uri_complete, user_code, 'github'));
    expect(page.html).toContain(user_code);
    expect(page.html).toContain('sandbox');
    const done = await browser.follow(page, 'data-person="ada"');
    expect(done.html).toContain('You can close this window');
    expect(tokensOf(await poll(sandbox(), device_code)).access_token).not.toBe('');
  });

  it('finishes by a button as well', async () => {
    const { device_code, verification_uri_complete } = await startDevice(sandbox());
    const browser = createPlainBrowser();
    const page = await browser.open(`${verification_uri_complete}&connection=google`);
    const done = await browser.press(page, 'data-person="grace"');
    expect(done.html).toContain('Grace Hopper');
    expect((await poll(sandbox(), device_code)).status).toBe(200);
  });

  it('says that nobody has decided yet, and to slow down when asked too often', async () => {
    const { device_code } = await startDevice(sandbox());
    expect(await poll(sandbox(), device_code)).toMatchObject({
      status: 400,
      body: { error: 'authorization_pending' },
    });
    expect(await poll(sandbox(), device_code)).toMatchObject({ status: 400, body: { error: 'slow_down' } });
  });

  it('is refused when the person cancels, and the code is used up', async () => {
    const { device_code, verification_uri_complete } = await startDevice(sandbox());
    const browser = createPlainBrowser();
    const page = await browser.open(`${verification_uri_complete}&connection=github`);
    const end = await browser.press(page, 'name="cancel"');
    expect(end.html).toContain('cancelled');
    expect(await poll(sandbox(), device_code)).toMatchObject({ body: { error: 'access_denied' } });
    expect((await browser.open(verification_uri_complete)).status).toBe(409);
  });

  it('is refused when the control API denies it', async () => {
    const { device_code, user_code } = await startDevice(sandbox());
    await ask(`${sandbox().control}/deny`, { body: { user_code } });
    expect(await poll(sandbox(), device_code)).toMatchObject({ body: { error: 'access_denied' } });
  });

  it('says when its code has expired, to the program and to the person', async () => {
    const { device_code, user_code, verification_uri_complete } = await startDevice(sandbox());
    await ask(`${sandbox().control}/expire`, { body: { user_code } });
    expect(await poll(sandbox(), device_code)).toMatchObject({ body: { error: 'expired_token' } });
    const page = await createPlainBrowser().open(verification_uri_complete);
    expect([page.status, page.html.includes('expired')]).toEqual([410, true]);
  });

  it('takes a code typed by hand, in any case, and says when it is unknown', async () => {
    const { user_code, verification_uri } = await startDevice(sandbox());
    const browser = createPlainBrowser();
    expect((await browser.open(verification_uri)).html).toContain('Enter the code');
    const found = await browser.open(`${verification_uri}?user_code=${user_code.toLowerCase()}`);
    expect(found.html).toContain('Sign in with GitHub');
    expect((await browser.open(`${verification_uri}?user_code=BBBB-BBBB`)).status).toBe(404);
  });

  it('offers to go on as the last person, until signing out offers the methods again', async () => {
    const { issuer, clientId } = sandbox().environment;
    const browser = createPlainBrowser();
    const first = await startDevice(sandbox());
    const page = await browser.open(`${first.verification_uri_complete}&connection=google`);
    await browser.press(page, 'data-person="grace"');
    const { verification_uri_complete } = await startDevice(sandbox());
    expect((await browser.open(verification_uri_complete)).html).toContain('data-person="grace"');
    const logout = new URLSearchParams({ client_id: clientId, returnTo: verification_uri_complete });
    const afterwards = await browser.open(`${issuer}v2/logout?${logout}`);
    expect(afterwards.html).not.toContain('data-person');
    expect(afterwards.html).toContain('Sign in with Google');
  });

  it('sends nobody to another site', async () => {
    const { connectionUrl, issuer } = sandbox().environment;
    const away = 'http://evil.example/';
    expect((await ask(seed(connectionUrl, away, 'BBBB-BBBB', 'github'))).status).toBe(400);
    expect((await ask(`${issuer}v2/logout?returnTo=${encodeURIComponent(away)}`)).status).toBe(400);
  });

  it('is never finished by a page of another site', async () => {
    const { device_code, user_code } = await startDevice(sandbox());
    const { issuer } = sandbox().environment;
    const url = `${issuer}activate/choose?user_code=${user_code}&person=ada&connection=github`;
    expect((await ask(url, { headers: { 'sec-fetch-site': 'cross-site' } })).status).toBe(403);
    expect((await poll(sandbox(), device_code)).status).toBe(400);
  });
});

describe('the people', () => {
  it('are one user by GitHub and Google, and another by SSO with the same e-mail', async () => {
    const sub = async (person: string, connection: string): Promise<unknown> => {
      const { device_code, verification_uri_complete } = await startDevice(sandbox());
      const browser = createPlainBrowser();
      const page = await browser.open(`${verification_uri_complete}&connection=${connection}`);
      await browser.follow(page, `data-person="${person}"`);
      const { access_token } = tokensOf(await poll(sandbox(), device_code));
      const { body } = await ask(`${sandbox().environment.issuer}userinfo`, {
        method: 'POST',
        headers: { authorization: `Bearer ${access_token}` },
      });
      return body;
    };
    const [github, google, sso] = [
      await sub('ada', 'github'),
      await sub('ada', 'google'),
      await sub('ada-sso', 'example.com'),
    ];
    expect(google).toEqual(github);
    expect(sso).toMatchObject({ email: 'ada@example.com' });
    expect(sso).not.toEqual(github);
  });

  it('stand on the page of their method only, and an unknown domain says so', async () => {
    const { verification_uri_complete } = await startDevice(sandbox());
    const browser = createPlainBrowser();
    const offered = async (connection: string): Promise<string[]> => {
      const { html } = await browser.open(`${verification_uri_complete}&connection=${connection}`);
      return [...html.matchAll(/<button [^>]*data-person="([^"]*)"/g)].map(([, person = '']) => person);
    };
    expect(await offered('github')).toEqual(['ada']);
    expect(await offered('google')).toEqual(['ada', 'grace']);
    expect(await offered('example.com')).toEqual(['ada-sso']);
    const unknown = await browser.open(`${verification_uri_complete}&connection=%3Cb%3Enowhere.example`);
    expect(unknown.html).toContain('No sign-in for &lt;b&gt;nowhere.example');
  });
});

describe('a session', () => {
  it('rotates its refresh token, and ends when an old one is used again', async () => {
    const first = await signIn(sandbox(), 'ada');
    const second = tokensOf(await refresh(sandbox(), first.refresh_token));
    expect(second.refresh_token).not.toBe(first.refresh_token);
    expect(await refresh(sandbox(), first.refresh_token)).toMatchObject({
      status: 400,
      body: { error: 'invalid_grant' },
    });
    expect(await refresh(sandbox(), second.refresh_token)).toMatchObject({
      body: { error: 'invalid_grant' },
    });
    const { restUrl } = sandbox().environment;
    expect((await ask(`${restUrl}/users/teams`, { headers: bearer(second) })).status).toBe(401);
  });

  it('ends when two programs use one refresh token at the same time', async () => {
    const { refresh_token } = await signIn(sandbox(), 'ada');
    const answers = await Promise.all(Array.from({ length: 8 }, () => refresh(sandbox(), refresh_token)));
    expect(answers.filter(({ status }) => status === 200).length).toBeLessThanOrEqual(1);
    for (const answer of answers.filter(({ status }) => status === 200))
      expect(await refresh(sandbox(), tokensOf(answer).refresh_token)).toMatchObject({
        body: { error: 'invalid_grant' },
      });
  });

  it('ends alone: another sign-in of the same person goes on', async () => {
    const [one, other] = [await signIn(sandbox(), 'ada'), await signIn(sandbox(), 'ada')];
    await refresh(sandbox(), one.refresh_token);
    await refresh(sandbox(), one.refresh_token);
    expect((await refresh(sandbox(), other.refresh_token)).status).toBe(200);
  });

  it('ends when it is revoked', async () => {
    const { issuer, clientId, restUrl } = sandbox().environment;
    const tokens = await signIn(sandbox(), 'ada');
    const body = new URLSearchParams({ client_id: clientId, token: tokens.refresh_token });
    expect((await ask(`${issuer}oauth/revoke`, { body })).status).toBe(200);
    expect(await refresh(sandbox(), tokens.refresh_token)).toMatchObject({
      body: { error: 'invalid_grant' },
    });
    expect((await ask(`${restUrl}/users/teams`, { headers: bearer(tokens) })).status).toBe(401);
  });

  it('loses its access or its refresh token when told so, and not both', async () => {
    const { restUrl } = sandbox().environment;
    const teams = async (headers: Record<string, string>): Promise<number> =>
      (await ask(`${restUrl}/users/teams`, { headers })).status;
    const tokens = await signIn(sandbox(), 'ada');
    await ask(`${sandbox().control}/expire`, { body: { person: 'ada', what: 'access' } });
    expect(await teams(bearer(tokens))).toBe(401);
    const next = tokensOf(await refresh(sandbox(), tokens.refresh_token));
    expect(await teams(bearer(next))).toBe(200);
    await ask(`${sandbox().control}/expire`, { body: { person: 'ada', what: 'refresh' } });
    expect(await teams(bearer(next))).toBe(200);
    expect(await refresh(sandbox(), next.refresh_token)).toMatchObject({ body: { error: 'invalid_grant' } });
  });

  it('can’t be had with another client, or a made-up code', async () => {
    const fields = { grant_type: 'refresh_token', refresh_token: 'made-up' };
    expect((await askToken(sandbox(), fields)).body).toMatchObject({ error: 'invalid_grant' });
    expect((await askToken(sandbox(), { ...fields, client_id: 'other' })).body).toMatchObject({
      error: 'invalid_client',
    });
  });
});
