import { randomBytes } from 'node:crypto';
import { type Person, personById, type SignInConnection } from '../people.ts';
import type { Store } from '../state.ts';

/** The last person who signed in with this browser, and how. */
export interface BrowserSession {
  readonly person: Person;
  readonly connection: SignInConnection;
}

const cookieName = 'sandbox_session';

const cookieValue = (header: string | undefined): string | undefined =>
  header
    ?.split(';')
    .map((pair) => pair.trim())
    .find((pair) => pair.startsWith(`${cookieName}=`))
    ?.slice(cookieName.length + 1);

/** The provider's single sign-on: browsers stay signed in between two sign-ins. */
export interface SignInSessions {
  /** Reads a `Cookie` header. */
  find(cookies: string | undefined): BrowserSession | undefined;
  /** Remembers a sign-in; returns the `Set-Cookie` header for the browser. */
  start(session: BrowserSession): string;
  /** Forgets the browser's sign-in; returns the `Set-Cookie` header that clears it. */
  end(cookies: string | undefined): string;
}

export const createSignInSessions = (store: Store): SignInSessions => ({
  find(cookies) {
    const id = cookieValue(cookies);
    const found =
      id !== undefined && Object.hasOwn(store.state.sessions, id) ? store.state.sessions[id] : undefined;
    const person = found && personById(found.person);
    return found && person && { person, connection: found.connection };
  },
  start({ person, connection }) {
    const id = randomBytes(24).toString('base64url');
    store.change((state) => {
      state.sessions[id] = { person: person.id, connection };
    });
    return `${cookieName}=${id}; Path=/; HttpOnly; SameSite=Lax`;
  },
  end(cookies) {
    const id = cookieValue(cookies);
    if (id !== undefined)
      store.change((state) => {
        delete state.sessions[id];
      });
    return `${cookieName}=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0`;
  },
});
