import type { Identity } from '../../core/model/fal/identity.ts';

/** Returns a function that finds the identities whose session ended since its last call. A sign-out removes its identity. */
export function createEndedSessionFinder() {
  let signedIn = new Set<string>();
  return (identities: readonly Identity[]): Identity[] => {
    const ended = identities.filter((identity) => !identity.signedIn && signedIn.has(identity.id));
    signedIn = new Set(identities.filter((identity) => identity.signedIn).map(({ id }) => id));
    return ended;
  };
}
