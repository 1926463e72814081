/** What a file of a vault holds: the name inside makes a file that was moved to another's place an error. */
export interface Item {
  name: string;
  secret: string;
}

export const encodeItem = ({ name, secret }: Item): string => JSON.stringify({ name, secret });

/** @returns null for what isn't a secret of Varvel. @throws SyntaxError for what isn't JSON */
export function decodeItem(text: string): Item | null {
  const value: unknown = JSON.parse(text);
  if (typeof value !== 'object' || value === null || !('name' in value) || !('secret' in value)) return null;
  const { name, secret } = value;
  return typeof name === 'string' && typeof secret === 'string' ? { name, secret } : null;
}
