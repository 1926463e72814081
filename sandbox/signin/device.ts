import type Provider from 'oidc-provider';
import type { Person } from '../people.ts';
import { clientId } from './client.ts';

/** How a device sign-in stands, seen from its user code. */
export type DeviceStanding = 'unknown' | 'expired' | 'used' | 'pending';

/** The person's side of the device flow (RFC 8628): what the pages and the control API do with a user code. */
export interface Devices {
  standing(userCode: string): Promise<DeviceStanding>;
  /** Signs the device in as a person; the next poll gets its tokens. Does nothing unless the code is pending. */
  approve(userCode: string, person: Person): Promise<DeviceStanding>;
  /** Refuses; the next poll gets `access_denied`. Does nothing unless the code is pending. */
  deny(userCode: string): Promise<DeviceStanding>;
  /** Lets a pending code run out now, as if ten minutes had passed. */
  expire(userCode: string): Promise<DeviceStanding>;
}

/** A user code as it is kept: case and punctuation don't count when a person types it. */
const normal = (userCode: string): string => userCode.toUpperCase().replace(/[^A-Z0-9]/g, '');

/** A user code as it is shown: `BCDF-GHJK`. */
export const shownCode = (userCode: string): string => normal(userCode).replace(/^(.{4})(.+)$/, '$1-$2');

export const createDevices = (provider: Provider): Devices => {
  const load = async (userCode: string) =>
    provider.DeviceCode.findByUserCode(normal(userCode), { ignoreExpiration: true });

  type Code = Awaited<ReturnType<typeof load>>;

  const standingOf = (code: Code): DeviceStanding => {
    if (!code) return 'unknown';
    if (code.error !== undefined || code.accountId !== undefined) return 'used';
    return code.isExpired ? 'expired' : 'pending';
  };

  const settle = async (
    userCode: string,
    work: (code: NonNullable<Code>) => Promise<void> | void,
  ): Promise<DeviceStanding> => {
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
