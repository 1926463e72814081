/** One sign-in: a person, by one method. */
export interface Identity {
  /** The provider's subject. Social sign-ins with one e-mail share it; SSO never does. */
  id: string;
  name: string;
  email: string;
  /** `github`, `google` or an SSO domain; `null` when the person chose in the browser and it is unknown. */
  connection: string | null;
  /** False once fal has ended the session; the identity stays listed so that its keys keep their context. */
  signedIn: boolean;
  /** Milliseconds since 1970. */
  signedInAt: number;
}

export const isSocial = (connection: string | null): boolean =>
  connection === 'github' || connection === 'google';

/** The name of a sign-in method. */
export function connectionName(connection: string | null): string {
  if (connection === 'github') return 'GitHub';
  if (connection === 'google') return 'Google';
  return connection === null ? 'Browser' : `SSO (${connection})`;
}
