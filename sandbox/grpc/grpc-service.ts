import { timestampFromDate } from '@bufbuild/protobuf/wkt';
import { Code, ConnectError, type ConnectRouter } from '@connectrpc/connect';
import type { FalAccount } from '../accounts.ts';
import { actFor, type Caller, type Credentials } from '../credentials.ts';
import { aliasLimits, type KeyRegistry } from '../keys.ts';
import { badKey } from '../refusals.ts';
import { IsolateController, CreateUserKeyRequest_Scope as Scope } from './gen/controller_pb.js';

/** Reads `authorization`, or `auth-key` with `auth-key-id`, and `fal-user-id` (fal-ai/fal, August 2026). */
const admit = (metadata: Headers, credentials: Credentials): Caller => {
  const keyId = metadata.get('auth-key-id');
  const secret = metadata.get('auth-key');
  const credential =
    keyId !== null && secret !== null
      ? credentials.ofKey(keyId, secret)
      : credentials.ofHeader(metadata.get('authorization') ?? undefined);
  if (credential.kind === 'none') throw new ConnectError('Authentication required', Code.Unauthenticated);
  if (credential.kind === 'unknown')
    throw new ConnectError(
      credential.scheme === 'key' ? badKey : 'Invalid or expired token',
      Code.Unauthenticated,
    );
  const caller = actFor(credential, metadata.get('fal-user-id') ?? undefined);
  if (!caller) throw new ConnectError('You are not a member of this account', Code.PermissionDenied);
  if (caller.kind === 'key' && caller.key.scope !== 'ADMIN')
    throw new ConnectError('An ADMIN key is needed to manage keys', Code.PermissionDenied);
  return caller;
};

const scopeOf = (scope: Scope): 'API' | 'ADMIN' => {
  if (scope === Scope.API) return 'API';
  if (scope === Scope.ADMIN) return 'ADMIN';
  throw new ConnectError(`There is no scope ${scope}`, Code.InvalidArgument);
};

const creatorOf = (caller: Caller): string =>
  caller.kind === 'person' ? caller.person.id : caller.key.creator;

const keyOf = (keys: KeyRegistry, account: FalAccount, keyId: string): string => {
  const key = keys.of(account).find(({ key_id }) => key_id === keyId);
  if (!key) throw new ConnectError('There is no such key', Code.NotFound);
  return key.key_id;
};

/** The three calls about keys of `controller.IsolateController`. */
export const keyService =
  (credentials: Credentials, keys: KeyRegistry) =>
  (router: ConnectRouter): void => {
    router.service(IsolateController, {
      createUserKey(request, context) {
        const caller = admit(context.requestHeader, credentials);
        const scope = scopeOf(request.scope);
        const length = request.alias === undefined ? undefined : [...request.alias].length;
        if (length !== undefined && (length < aliasLimits.min || length > aliasLimits.max))
          throw new ConnectError(
            `An alias has ${aliasLimits.min} to ${aliasLimits.max} characters`,
            Code.InvalidArgument,
          );
        const key = keys.create(caller.account, request.alias ?? '', scope, creatorOf(caller));
        return { keyId: key.key_id, keySecret: key.key_secret };
      },
      listUserKeys(_request, context) {
        const { account } = admit(context.requestHeader, credentials);
        return {
          userKeys: keys.of(account).map((key) => ({
            keyId: key.key_id,
            alias: key.alias,
            scope: key.scope === 'ADMIN' ? Scope.ADMIN : Scope.API,
            createdAt: timestampFromDate(new Date(key.created_at)),
          })),
        };
      },
      revokeUserKey(request, context) {
        const { account } = admit(context.requestHeader, credentials);
        keys.revoke(keyOf(keys, account, request.keyId));
        return {};
      },
    });
  };
