import { timestampMs } from '@bufbuild/protobuf/wkt';
import { Code, ConnectError, createClient } from '@connectrpc/connect';
import { type ErrorCode, VarvelError } from '../model/error.ts';
import type { AccountName } from '../model/fal/account.ts';
import type { Environment } from '../model/fal/fal-environment.ts';
import type { KeyParts, RemoteKey, Scope } from '../model/fal/key.ts';
import type { Hint } from '../model/hint.ts';
import type { Clock, Http } from '../ports.ts';
import { falWordsOf, lockHint, lockReasonOf, maybeCreated, oneLine, refusalMessage } from './answer.ts';
import { type Credential, grpcMetadata } from './credential.ts';
import { CreateUserKeyRequest_Scope, IsolateController } from './gen/isolate_controller_pb.js';

const codes: Partial<Record<Code, ErrorCode>> = {
  [Code.Unauthenticated]: 'unauthorized',
  [Code.PermissionDenied]: 'forbidden',
  [Code.ResourceExhausted]: 'rate_limited',
  [Code.Unavailable]: 'unreachable',
  [Code.DeadlineExceeded]: 'unreachable',
  // the connection was lost during a call
  [Code.Aborted]: 'unreachable',
  [Code.InvalidArgument]: 'refused',
  [Code.NotFound]: 'not_found',
  [Code.AlreadyExists]: 'refused',
  [Code.FailedPrecondition]: 'refused',
  [Code.Canceled]: 'cancelled',
};

const hints: Partial<Record<ErrorCode, Hint>> = {
  unauthorized: { action: 'sign_in', connection: null },
  forbidden: { action: 'ask_owner' },
  rate_limited: { action: 'wait' },
  unreachable: { action: 'check_network' },
  not_found: { action: 'refresh_keys' },
  server_error: { action: 'wait_for_fal' },
};

/** True when the connection failed or was lost. A cancelled call that nobody here cancelled was lost too. */
const isConnectionLost = (error: unknown, signal: AbortSignal | undefined): boolean => {
  const { code } = ConnectError.from(error);
  return code === Code.Unavailable || code === Code.Aborted || (code === Code.Canceled && !signal?.aborted);
};

function explained(asked: string, error: unknown, signal: AbortSignal | undefined): VarvelError {
  if (error instanceof VarvelError) return error;
  const connect = ConnectError.from(error);
  // the transport knows why the server can't be reached
  if (connect.cause instanceof VarvelError) return connect.cause;
  const words = falWordsOf(connect.rawMessage) ?? oneLine(connect.rawMessage);
  let code = isConnectionLost(error, signal) ? 'unreachable' : (codes[connect.code] ?? 'server_error');
  if (code === 'forbidden' && lockReasonOf(words) !== null) code = 'locked';
  if (code === 'cancelled') {
    return new VarvelError(code, `Cancelled: ${asked}.`, '', { cause: error });
  }
  const message =
    code === 'unreachable'
      ? `Can’t reach fal’s key service to ${asked}: ${words}.`
      : refusalMessage(code, asked, words, Code[connect.code]);
  const hint = code === 'locked' ? lockHint(words) : (hints[code] ?? 'Check fal’s reason.');
  return new VarvelError(code, message, hint, { cause: error });
}

const scopeOf = (scope: CreateUserKeyRequest_Scope): Scope =>
  scope === CreateUserKeyRequest_Scope.ADMIN ? 'ADMIN' : 'API';

/** The official CLI's retries. Source: its public code. */
const attempts = 5;
const firstPauseMs = 100;
const longestPauseMs = 5000;

export type KeyService = ReturnType<typeof createKeyService>;

/** fal's key service (gRPC): manages keys of both scopes from a sign-in. */
export function createKeyService(environment: Environment, http: Http, clock: Clock) {
  async function client() {
    return createClient(IsolateController, await http.grpc(environment.grpcUrl));
  }

  /** Only for calls that are safe to repeat: list and revoke, never create. */
  async function retried<T>(
    asked: string,
    signal: AbortSignal | undefined,
    call: () => Promise<T>,
  ): Promise<T> {
    for (
      let attempt = 1, pauseMs = firstPauseMs;
      ;
      attempt++, pauseMs = Math.min(pauseMs * 2, longestPauseMs)
    ) {
      try {
        return await call();
      } catch (error) {
        const again = isConnectionLost(error, signal) && attempt < attempts;
        if (!again || signal?.aborted) throw explained(asked, error, signal);
        await clock.sleep(pauseMs, signal);
      }
    }
  }

  const options = (credential: Credential, signal?: AbortSignal) => ({
    headers: grpcMetadata(credential),
    timeoutMs: 20_000,
    ...(signal && { signal }),
  });

  return {
    /** The keys of the credential's account. */
    async list(account: AccountName, credential: Credential, signal?: AbortSignal): Promise<RemoteKey[]> {
      const service = await client();
      const answer = await retried(`list the keys of ${account.nickname}`, signal, () =>
        service.listUserKeys({}, options(credential, signal)),
      );
      return answer.userKeys.map((key) => ({
        id: key.keyId,
        alias: key.alias || null,
        scope: scopeOf(key.scope),
        account,
        createdAt: key.createdAt ? timestampMs(key.createdAt) : null,
      }));
    },

    /** Creates a key. Never retried: that could create a second key. */
    async create(
      alias: string,
      scope: Scope,
      credential: Credential,
      signal?: AbortSignal,
    ): Promise<KeyParts> {
      const service = await client();
      try {
        const answer = await service.createUserKey(
          {
            alias,
            scope: scope === 'ADMIN' ? CreateUserKeyRequest_Scope.ADMIN : CreateUserKeyRequest_Scope.API,
          },
          options(credential, signal),
        );
        return { id: answer.keyId, secret: answer.keySecret };
      } catch (error) {
        throw maybeCreated(explained('create the key', error, signal));
      }
    },

    async revoke(keyId: string, credential: Credential, signal?: AbortSignal): Promise<void> {
      const service = await client();
      await retried('revoke the key', signal, () =>
        service.revokeUserKey({ keyId }, options(credential, signal)),
      );
    },
  };
}
