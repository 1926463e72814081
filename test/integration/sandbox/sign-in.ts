import * as z from 'zod/mini';
import type { Sandbox } from '../../../sandbox/start.ts';
import { type Answer, ask } from './running.ts';

const Started = z.object({
  device_code: z.string(),
  user_code: z.string(),
  verification_uri: z.string(),
  verification_uri_complete: z.string(),
  interval: z.number(),
});

const Tokens = z.object({ access_token: z.string(), refresh_token: z.string(), id_token: z.string() });

export type Tokens = z.infer<typeof Tokens>;

/** Starts a device sign-in, as the official CLI does. */
export const startDevice = async ({ environment }: Sandbox): Promise<z.infer<typeof Started>> => {
  const { issuer, clientId, audience } = environment;
  const body = new URLSearchParams({
    client_id: clientId,
    audience,
    scope: 'openid profile email offline_access',
  });
  return Started.parse((await ask(`${issuer}oauth/device/code`, { body })).body);
};

/** Asks the token endpoint. */
export const askToken = ({ environment }: Sandbox, fields: Record<string, string>): Promise<Answer> =>
  ask(`${environment.issuer}oauth/token`, {
    body: new URLSearchParams({ client_id: environment.clientId, ...fields }),
  });

/** Polls a device sign-in once. */
export const poll = (sandbox: Sandbox, deviceCode: string): Promise<Answer> =>
  askToken(sandbox, {
    grant_type: 'urn:ietf:params:oauth:grant-type:device_code',
    device_code: deviceCode,
  });

/** Uses a refresh token once. */
export const refresh = (sandbox: Sandbox, token: string): Promise<Answer> =>
  askToken(sandbox, { grant_type: 'refresh_token', refresh_token: token });

/** Reads tokens out of an answer. @throws Error when there are none */
export const tokensOf = ({ body }: Answer): Tokens => Tokens.parse(body);

/** Signs a person in without a browser. */
export const signIn = async (sandbox: Sandbox, person: string): Promise<Tokens> => {
  const { device_code, user_code } = await startDevice(sandbox);
  await ask(`${sandbox.control}/approve`, { body: { user_code, person } });
  return tokensOf(await poll(sandbox, device_code));
};

/** Headers of a signed-in person, acting for an account. */
export const bearer = ({ access_token }: Tokens, account?: string): Record<string, string> => ({
  authorization: `Bearer ${access_token}`,
  ...(account === undefined ? {} : { 'x-fal-user-id': account }),
});
