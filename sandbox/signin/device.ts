import type Provider from 'oidc-provider';
import type { Person } from '../people.ts';
import { clientId } from './client.ts';

/** The state of a device sign-in, by its user code. */
export type DeviceState = 'unknown' | 'expired' | 'used' | 'pending';

/** The person's part of the device flow (RFC 8628): what the pages and the control API do with a user code. */
export interface Devices {
  standing(userCode: string): Promise<DeviceState>;
  /** Approves as a person; the next poll gets the tokens. Only for a pending code. */
  approve(userCode: string, person: Person): Promise<DeviceState>;
  /** Denies; the next poll gets `access_denied`. Only for a pending code. */
  deny(userCode: string): Promise<DeviceState>;
  /** Expires a pending code now, as if ten minutes had passed. */
  expire(userCode: string): Promise<DeviceState>;
}

/** A normalized user code: case and punctuation are ignored. */
const normal = (userCode: string): string => userCode.toUpperCase().replace(/[^A-Z0-9]/g, '');

/** A user code for display: `BCDF-GHJK`. */
export const shownCode = (userCode: string): string => normal(userCode).replace(/^(.{4})(.+)$/, '$1-$2');

export const createDevices = (provider: Provider): Devices => {
  const load = async (userCode: string) =>
    provider.DeviceCode.findByUserCode(normal(userCode), { ignoreExpiration: true });

  type Code = Awaited<ReturnType<typeof load>>;

  const standingOf = (code: Code): DeviceState => {
    if (!code) return 'unknown';
    if (code.error !== undefined || code.accountId !== undefined) return 'used';
    return code.isExpired ? 'expired' : 'pending';
  };

  const settle = async (
    userCode: string,
    work: (code: NonNullable<Code>) => Promise<void> | void,
  ): Promise<DeviceState> => {
    const code = await load(userCode);
    const standing = standingOf(code);
    if (!code || standing !== 'pending') return standing;
    await work(code);
    await code.save();
    return standing;
  };

  return {
    standing: async (userCode) => standingOf(await load(userCode)),
    approve: (userCode, person) =>
      settle(userCode, async (code) => {
        const scope = typeof code.params?.scope === 'string' ? code.params.scope : 'openid';
        const grant = new provider.Grant({ accountId: person.sub, clientId });
        grant.addOIDCScope(scope);
        code.grantId = await grant.save();
        code.scope = scope;
        code.authTime = Math.floor(Date.now() / 1000);
        code.accountId = person.sub;
      }),
    deny: (userCode) =>
      settle(userCode, (code) => {
        code.error = 'access_denied';
        code.errorDescription = 'End-User aborted interaction';
      }),
    expire: (userCode) =>
      settle(userCode, (code) => {
        code.exp = Math.floor(Date.now() / 1000) - 60 * 60;
      }),
  };
};
