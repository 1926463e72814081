/** The sign-in methods of the card. */
export type SignInMethod = 'github' | 'google' | 'sso';

export const methodOf = (connection: string | null): SignInMethod | null => {
  if (connection === null) return null;
  return connection === 'github' || connection === 'google' ? connection : 'sso';
};

/** All methods, the last used one first. */
export function methodsInOrder(last: string | null): SignInMethod[] {
  const all: SignInMethod[] = ['github', 'google', 'sso'];
  const first = methodOf(last);
  return first === null ? all : [first, ...all.filter((method) => method !== first)];
}
