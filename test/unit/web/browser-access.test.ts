import { describe, expect, it } from 'vitest';
import { createBrowserAccess } from '../../../web/browser-access.ts';

const passOf = (setCookie: string | null): string => (setCookie ?? '').split(';')[0] ?? '';

describe('a one-time link', () => {
  it('lets one browser in, once', () => {
    const access = createBrowserAccess();
    const token = access.newToken();
    expect(access.isAuthorized(`${access.cookie}=${token}`)).toBe(false);
    const pass = passOf(access.exchange(token));
    expect(access.isAuthorized(pass)).toBe(true);
    expect(access.isAuthorized(`other=1; ${pass}; varvel-other=2`)).toBe(true);
    expect(access.exchange(token)).toBeNull();
    expect(access.isAuthorized(pass)).toBe(true);
  });

  it('is no longer good when there is a newer one, and a wrong guess leaves it good', () => {
    const access = createBrowserAccess();
    const first = access.newToken();
    const second = access.newToken();
    expect(access.exchange(first)).toBeNull();
    expect(access.exchange('')).toBeNull();
    expect(access.exchange(`${second}x`)).toBeNull();
    expect(access.exchange(second)).not.toBeNull();
  });

  it('becomes a cookie that scripts and other sites never see', () => {
    const access = createBrowserAccess();
    const cookie = access.exchange(access.newToken());
    expect(cookie).toMatch(/^varvel-[0-9a-f]{16}=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict$/);
  });

  it('holds 256 bits, and is neither the cookie nor another instance’s', () => {
    const [one, other] = [createBrowserAccess(), createBrowserAccess()];
    const token = one.newToken();
    expect(Buffer.from(token, 'base64url')).toHaveLength(32);
    expect(one.cookie).not.toBe(other.cookie);
    const pass = passOf(one.exchange(token));
    expect(pass).not.toContain(token);
    expect(other.isAuthorized(pass)).toBe(false);
    expect(other.isAuthorized(pass.replace(one.cookie, other.cookie))).toBe(false);
  });
});

describe('a cookie', () => {
  it('is not taken when it is missing, wrong, empty or there twice', () => {
    const access = createBrowserAccess();
    const pass = passOf(access.exchange(access.newToken()));
    const [name, value] = pass.split('=');
    for (const header of [
      undefined,
      '',
      `${name}=`,
      `${name}`,
      `${name}=x`,
      `x${pass}`,
      `${name}x=${value}`,
    ]) {
      expect(access.isAuthorized(header)).toBe(false);
    }
    expect(access.isAuthorized(`${name}=x; ${pass}`)).toBe(false);
    expect(access.isAuthorized(`${pass}; ${pass}`)).toBe(false);
  });

  it('of each of several browsers is good', () => {
    const access = createBrowserAccess();
    const passes = [1, 2, 3].map(() => passOf(access.exchange(access.newToken())));
    expect(new Set(passes).size).toBe(3);
    for (const pass of passes) expect(access.isAuthorized(pass)).toBe(true);
  });
});
