import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { PageSecrets } from './page-secrets.ts';

/** Length of a link's token and of a browser's session, in bytes. */
const secretBytes = 32;

/** More browsers than one person uses. Beyond it, the oldest session ends. */
const maxSessions = 50;

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
const random = (): string => randomBytes(secretBytes).toString('base64url');

export type BrowserAccess = ReturnType<typeof createBrowserAccess>;

/**
 * Decides which browsers may use the web view: a one-time link is exchanged for a session, which the browser keeps as a
 * cookie. Cookies ignore the port, so each instance has its own cookie name; two would overwrite each other's.
 */
export function createBrowserAccess() {
  const cookie = `varvel-${randomBytes(8).toString('hex')}`;
  const page: PageSecrets = { instance: random(), window: random() };
  let link: Buffer | null = null;
  const sessions: Buffer[] = [];

  /** Compares with every session, each in constant time. */
  const isSession = (given: string): boolean => {
    const wanted = digest(given);
    return sessions.filter((session) => timingSafeEqual(session, wanted)).length > 0;
  };

  return {
    cookie,
    page,

    /** Returns a new link's token. The link before it stops working. */
    newToken(): string {
      const token = random();
      link = digest(token);
      return token;
    },

    /** Exchanges a token for a session cookie, once. Null for a used or wrong token. */
    exchange(token: string): string | null {
      if (!link || !timingSafeEqual(link, digest(token))) return null;
      link = null;
      const session = random();
      sessions.push(digest(session));
      if (sessions.length > maxSessions) sessions.shift();
      return `${cookie}=${session}; Path=/; HttpOnly; SameSite=Strict`;
    },

    /** Proves to a page that this is the program that served it. */
    proofFor: (challenge: string): string =>
      createHmac('sha256', page.instance).update(challenge).digest('hex'),

    /**
     * Whether a call comes from our page. A page that another program has left on this port has the cookie, but can't read ours: no script
     * is given it.
     */
    isOurPage: (given: string | null): boolean =>
      given !== null && timingSafeEqual(digest(given), digest(page.window)),

    /** @param header the request's Cookie header; a session that appears in it twice doesn't count */
    isAuthorized(header: string | undefined): boolean {
      const values = (header ?? '')
        .split(';')
        .map((part) => part.trim())
        .filter((part) => part.startsWith(`${cookie}=`))
        .map((part) => part.slice(cookie.length + 1));
      const [value] = values;
      return value !== undefined && values.length === 1 && isSession(value);
    },
  };
}
