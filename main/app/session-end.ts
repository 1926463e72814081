import type { Identity } from '../../core/model/identity.ts';

/** Finds the identities whose session has ended since they were last looked at; a sign-out removes its identity. */
export function createSessionWatch() {
  let signedIn = new Set<string>();
  return (identities: readonly Identity[]): Identity[] => {
    const ended = identities.filter((identity) => !identity.signedIn && signedIn.has(identity.id));
    signedIn = new Set(identities.filter((identity) => identity.signedIn).map(({ id }) => id));
    return ended;
  };
}
