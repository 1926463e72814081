/** A way to sign in: `github`, `google`, or the SSO domain the user typed. */
export type SignInConnection = string;

/** A made-up user of the sandbox. Social sign-ins with the same e-mail are one user; SSO is always another. */
export interface Person {
  readonly id: string;
  /** The subject of this person's ID tokens, in the form Auth0 gives. */
  readonly sub: string;
  readonly name: string;
  readonly email: string;
  /** How this person can sign in; one subject, whichever is used. */
  readonly connections: readonly SignInConnection[];
}

/** Everybody there is. The sandbox's contract fixes these names, so that tests can count on them. */
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

/** The person an ID token's subject means, or undefined. */
export const personBySub = (sub: string): Person | undefined => people.find((person) => person.sub === sub);

/** Who can sign in over a connection; empty for an SSO domain nobody has set up. */
export const peopleOf = (connection: SignInConnection): readonly Person[] =>
  people.filter((person) => person.connections.includes(connection));

/** A connection as a person would say it. */
export const connectionName = (connection: SignInConnection): string =>
  connection === 'github' ? 'GitHub' : connection === 'google' ? 'Google' : connection;

/** Reads a connection as a person may have typed it: case and surrounding blanks don't count. */
export const readConnection = (typed: string): SignInConnection => typed.trim().toLowerCase();
