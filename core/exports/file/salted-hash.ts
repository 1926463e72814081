import type { ExportRecord } from '../../model/machine/export-record.ts';

type SaltedHash = Pick<ExportRecord, 'salt' | 'hash'>;

/** A value as a record has it: equal ones differ. */
export async function saltedHash(value: string): Promise<SaltedHash> {
  const salt = hex(crypto.getRandomValues(new Uint8Array(16)));
  return { salt, hash: await hashOf(salt, value) };
}

/** Whether a value is the one of a record. */
export const isHashOf = async ({ salt, hash }: SaltedHash, value: string): Promise<boolean> =>
  (await hashOf(salt, value)) === hash;

const hex = (bytes: Uint8Array): string =>
  [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');

const hashOf = async (salt: string, value: string): Promise<string> =>
  hex(new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(`${salt}:${value}`))));
