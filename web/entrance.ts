import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

/** Bytes of a link's token and of a browser's pass: 256 bits. */
const secretBytes = 32;

/** More browsers than one person has; the pass used longest ago ends first. */
const mostPasses = 50;

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
const random = (): string => randomBytes(secretBytes).toString('base64url');

export type Entrance = ReturnType<typeof createEntrance>;

/**
 * Who is let in: a one-time link is exchanged for a pass, which the browser keeps as a cookie. The cookie's name is
 * the instance's own, because cookies know no ports: two instances would take each other's away.
 */
export function createEntrance() {
  const cookie = `varvel-${randomBytes(8).toString('hex')}`;
  let link: Buffer | null = null;
  const passes: Buffer[] = [];

  /** Compares with every pass, each in constant time. */
  const isPass = (given: string): boolean => {
    const wanted = digest(given);
    return passes.filter((pass) => timingSafeEqual(pass, wanted)).length > 0;
  };

  return {
    cookie,

    /** A new link's token; the link before it is no longer good. */
    newToken(): string {
      const token = random();
      link = digest(token);
      return token;
    },

    /** Exchanges a token for the cookie that lets a browser in, once. Null for a token that is used up or wrong. */
    exchange(token: string): string | null {
      if (!link || !timingSafeEqual(link, digest(token))) return null;
      link = null;
      const pass = random();
      passes.push(digest(pass));
      if (passes.length > mostPasses) passes.shift();
      return `${cookie}=${pass}; Path=/; HttpOnly; SameSite=Strict`;
    },

    /** @param header the request's Cookie header; a pass that stands in it twice is none */
    letsIn(header: string | undefined): boolean {
      const values = (header ?? '')
        .split(';')
        .map((part) => part.trim())
        .filter((part) => part.startsWith(`${cookie}=`))
        .map((part) => part.slice(cookie.length + 1));
      const [value] = values;
      return value !== undefined && values.length === 1 && isPass(value);
    },
  };
}
