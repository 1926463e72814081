import { joinKey, type KeyParts } from '../model/fal/key.ts';

/** Who sends a request: a signed-in identity for one of its accounts or its own, or a key. */
export type Credential =
  | { kind: 'token'; token: string; accountId: string | null }
  | { kind: 'key'; key: KeyParts };

/** The headers of fal's REST hosts. Source: fal/protocol, “Accounts”. */
export function restHeaders(credential: Credential): Record<string, string> {
  if (credential.kind === 'key') return { authorization: `Key ${joinKey(credential.key)}` };
  return {
    authorization: `Bearer ${credential.token}`,
    ...(credential.accountId !== null && { 'x-fal-user-id': credential.accountId }),
  };
}

/** The metadata of fal's key service. Source: fal/protocol, “Keys”. */
export function grpcMetadata(credential: Credential): Record<string, string> {
  if (credential.kind === 'key') {
    return { 'auth-key': credential.key.secret, 'auth-key-id': credential.key.id };
  }
  return {
    authorization: `Bearer ${credential.token}`,
    ...(credential.accountId !== null && { 'fal-user-id': credential.accountId }),
  };
}
