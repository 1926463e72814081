import { callSessionBus } from '../process/session-bus.ts';

const secrets = 'org.freedesktop.secrets';

/**
 * Whether the Secret Service has items of a service, or one of them, in a locked collection: to the keychain's library they
 * look like missing ones. False also when it can't be asked.
 * Source: SearchItems in the Secret Service API, which answers with the unlocked and the locked items.
 */
export async function hasLockedItems(service: string, account: string | null): Promise<boolean> {
  const attributes = Object.entries({ service, ...(account !== null && { account }) });
  const isPlain = attributes.every(([, value]) => !value.includes(','));
  const answer = await callSessionBus({
    to: secrets,
    path: '/org/freedesktop/secrets',
    method: 'org.freedesktop.Secret.Service.SearchItems',
    argument: {
      gvariant: `{${attributes.map(([name, value]) => `"${name}": ${JSON.stringify(value)}`).join(', ')}}`,
      // it splits at commas
      dbusSend: isPlain ? `dict:string:string:${attributes.flat().join(',')}` : null,
    },
  });
  const [, locked] = answer?.match(/\[[^\]]*\]/g) ?? [];
  return locked?.includes('/') ?? false;
}
