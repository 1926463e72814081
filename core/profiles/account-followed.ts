/** A profile's account that changed to that of its key, by nicknames. */
export interface AccountFollowed {
  from: string;
  to: string;
}

/** Says it: a profile's account decides who is billed. */
export const accountFollowedWords = (profile: string, { from, to }: AccountFollowed): string =>
  `The key belongs to ${to}. Profile “${profile}” now uses that account, not ${from}.`;
