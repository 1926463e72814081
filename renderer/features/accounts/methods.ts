/** The ways to sign in, as the card lists them. */
export type SignInMethod = 'github' | 'google' | 'sso';

export const methodOf = (connection: string | null): SignInMethod | null => {
  if (connection === null) return null;
  return connection === 'github' || connection === 'google' ? connection : 'sso';
};

/** The method used last stands on top. */
export function methodsInOrder(last: string | null): SignInMethod[] {
  const all: SignInMethod[] = ['github', 'google', 'sso'];
  const first = methodOf(last);
  return first === null ? all : [first, ...all.filter((method) => method !== first)];
}
