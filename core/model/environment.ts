import * as z from 'zod/mini';
import { VarvelError } from './error.ts';
import type { Environment } from './fal-environment.ts';

const loopbackHosts = ['127.0.0.1', 'localhost', '[::1]'];

/** True for the addresses on which plain http is allowed: those that never leave the machine. */
export const isLoopback = (url: URL): boolean => loopbackHosts.includes(url.hostname);

const serverUrl = z.string().check(
  z.refine((text) => {
    const url = URL.parse(text);
    if (!url || url.username || url.password || url.hash) return false;
    return url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url));
  }, 'must be an https URL (plain http is accepted for loopback addresses only)'),
);

const schema = z.object({
  name: z
    .string()
    .check(z.regex(/^[a-z0-9][a-z0-9-]{0,31}$/, 'must be 1 to 32 lower-case letters, digits and dashes')),
  issuer: serverUrl,
  clientId: z.string().check(z.minLength(1)),
  audience: z.string().check(z.minLength(1)),
  connectionUrl: serverUrl,
  restUrl: serverUrl,
  storageUrl: z.optional(serverUrl),
  grpcUrl: serverUrl,
  platformUrl: serverUrl,
  runUrl: serverUrl,
  queueUrl: serverUrl,
  dashboardUrl: serverUrl,
  flows: z.array(z.enum(['device', 'loopback'])).check(z.minLength(1)),
});

/**
 * Decodes an environment file.
 * @param text the file's content, JSON
 * @param origin where it came from, for the message
 * @throws VarvelError `invalid` naming the first field that is wrong
 */
export function decodeEnvironment(text: string, origin: string): Environment {
  const wrong = (what: string) =>
    new VarvelError(
      'invalid',
      `The environment file ${origin} is not usable: ${what}.`,
      'Run `varvel sandbox` and use the file it prints, or unset VARVEL_ENVIRONMENT to use fal.',
    );
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch {
    throw wrong('it is not JSON');
  }
  const result = z.safeParse(schema, document);
  if (!result.success) {
    const issue = result.error.issues[0];
    throw wrong(issue ? `${issue.path.join('.') || 'the document'}: ${issue.message}` : 'wrong shape');
  }
  const { storageUrl, ...rest } = result.data;
  return { ...rest, storageUrl: storageUrl ?? rest.restUrl };
}
