import { describe, expect, it } from 'vitest';
import { createEntrance } from '../../../web/entrance.ts';

const passOf = (setCookie: string | null): string => (setCookie ?? '').split(';')[0] ?? '';

describe('a one-time link', () => {
  it('lets one browser in, once', () => {
    const entrance = createEntrance();
    const token = entrance.newToken();
    expect(entrance.isAuthorized(`${entrance.cookie}=${token}`)).toBe(false);
    const pass = passOf(entrance.exchange(token));
    expect(entrance.isAuthorized(pass)).toBe(true);
    expect(entrance.isAuthorized(`other=1; ${pass}; varvel-other=2`)).toBe(true);
    expect(entrance.exchange(token)).toBeNull();
    expect(entrance.isAuthorized(pass)).toBe(true);
  });

  it('is no longer good when there is a newer one, and a wrong guess leaves it good', () => {
    const entrance = createEntrance();
    const first = entrance.newToken();
    const second = entrance.newToken();
    expect(entrance.exchange(first)).toBeNull();
    expect(entrance.exchange('')).toBeNull();
    expect(entrance.exchange(`${second}x`)).toBeNull();
    expect(entrance.exchange(second)).not.toBeNull();
  });

  it('becomes a cookie that scripts and other sites never see', () => {
    const entrance = createEntrance();
    const cookie = entrance.exchange(entrance.newToken());
    expect(cookie).toMatch(/^varvel-[0-9a-f]{16}=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict$/);
  });

  it('holds 256 bits, and is neither the cookie nor another instance’s', () => {
    const [one, other] = [createEntrance(), createEntrance()];
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
    const entrance = createEntrance();
    const pass = passOf(entrance.exchange(entrance.newToken()));
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
      expect(entrance.isAuthorized(header)).toBe(false);
    }
    expect(entrance.isAuthorized(`${name}=x; ${pass}`)).toBe(false);
    expect(entrance.isAuthorized(`${pass}; ${pass}`)).toBe(false);
  });

  it('of each of several browsers is good', () => {
    const entrance = createEntrance();
    const passes = [1, 2, 3].map(() => passOf(entrance.exchange(entrance.newToken())));
    expect(new Set(passes).size).toBe(3);
    for (const pass of passes) expect(entrance.isAuthorized(pass)).toBe(true);
  });
});
