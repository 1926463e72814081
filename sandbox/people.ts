/** A way to sign in: `github`, `google`, or the SSO domain the user typed. */
export type SignInConnection = string;

/** A fictional user of the sandbox. Social sign-ins with the same e-mail are one user; SSO is always a separate one. */
export interface Person {
  readonly id: string;
  /** The subject of this person's ID tokens, in Auth0's format. */
  readonly sub: string;
  readonly name: string;
  readonly email: string;
  /** How this person can sign in; the subject is always the same. */
  readonly connections: readonly SignInConnection[];
}

/** All people. The sandbox's contract fixes these names, so tests can rely on them. */
export const people: readonly Person[] = [
  {
    id: 'ada',
    sub: 'sandbox|ada',
    name: 'Ada Lovelace',
    email: 'ada@example.com',
    connections: ['github', 'google'],
  },
  {
    id: 'ada-sso',
    sub: 'sandbox|ada-sso',
    name: 'Ada Lovelace',
    email: 'ada@example.com',
    connections: ['example.com'],
  },
  {
    id: 'grace',
    sub: 'sandbox|grace',
    name: 'Grace Hopper',
    email: 'grace@example.org',
    connections: ['google'],
  },
];

/** The person with this id, or undefined. */
export const personById = (id: string): Person | undefined => people.find((person) => person.id === id);

/** The person of an ID token's subject, or undefined. */
export const personBySub = (sub: string): Person | undefined => people.find((person) => person.sub === sub);

/** Who can sign in with a connection; empty for an unknown SSO domain. */
export const peopleOf = (connection: SignInConnection): readonly Person[] =>
  people.filter((person) => person.connections.includes(connection));

/** A connection's display name. */
export const connectionLabel = (connection: SignInConnection): string =>
  connection === 'github' ? 'GitHub' : connection === 'google' ? 'Google' : connection;

/** Reads a typed connection, ignoring case and surrounding spaces. */
export const readConnection = (typed: string): SignInConnection => typed.trim().toLowerCase();
