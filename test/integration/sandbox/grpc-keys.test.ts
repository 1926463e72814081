import { type Client, Code, ConnectError, createClient } from '@connectrpc/connect';
import { createGrpcTransport } from '@connectrpc/connect-node';
import { beforeEach, describe, expect, it } from 'vitest';
import {
  IsolateController,
  CreateUserKeyRequest_Scope as Scope,
} from '../../../sandbox/grpc/gen/controller_pb.js';
import { ask, keyOf, keysOf, runningSandbox } from './running.ts';
import { signIn } from './sign-in.ts';

const sandbox = runningSandbox();

let service: Client<typeof IsolateController>;
let ada: Record<string, string>;

beforeEach(async () => {
  service = createClient(IsolateController, createGrpcTransport({ baseUrl: sandbox().environment.grpcUrl }));
  const { access_token } = await signIn(sandbox(), 'ada');
  ada = { authorization: `Bearer ${access_token}` };
});

/** The code a call fails with. */
const codeOf = async (call: Promise<unknown>): Promise<Code | 'worked'> => {
  try {
    await call;
    return 'worked';
  } catch (error) {
    return ConnectError.from(error).code;
  }
};

const falconers = (): Record<string, string> => ({ ...ada, 'fal-user-id': 'team-falconers' });

const aliases = async (headers: Record<string, string>): Promise<string[]> =>
  (await service.listUserKeys({}, { headers })).userKeys.map(({ alias }) => alias);

describe('keys over gRPC', () => {
  it('start as two API keys and one ADMIN key in each unlocked account', async () => {
    for (const account of ['user-ada', 'team-falconers', 'team-night-shift', 'org-mews']) {
      const { userKeys } = await service.listUserKeys({}, { headers: { ...ada, 'fal-user-id': account } });
      expect(userKeys.map(({ scope }) => scope).sort()).toEqual([Scope.ADMIN, Scope.API, Scope.API]);
      expect(userKeys.every(({ createdAt }) => (createdAt?.seconds ?? 0n) > 1_600_000_000n)).toBe(true);
    }
  });

  it('can be made in both scopes, used at once, and revoked', async () => {
    const headers = falconers();
    const { platformUrl } = sandbox().environment;
    const made = await service.createUserKey({ scope: Scope.ADMIN, alias: 'ring' }, { headers });
    const authorization = `Key ${made.keyId}:${made.keySecret}`;
    const status = async (): Promise<number> =>
      (await ask(`${platformUrl}/keys?limit=1`, { headers: { authorization } })).status;
    expect(await aliases(headers)).toContain('ring');
    expect(await status()).toBe(200);
    await service.revokeUserKey({ keyId: made.keyId }, { headers });
    expect(await aliases(headers)).not.toContain('ring');
    expect(await status()).toBe(401);
  });

  it('belong to the account they were made for', async () => {
    await service.createUserKey({ scope: Scope.API, alias: 'only here' }, { headers: falconers() });
    expect(await aliases(ada)).not.toContain('only here');
    expect((await keysOf(sandbox())).find(({ alias }) => alias === 'only here')?.account).toBe('falconers');
  });

  it('can be managed with an ADMIN key, and not with an API key', async () => {
    const metadata = async (scope: 'API' | 'ADMIN'): Promise<Record<string, string>> => {
      const { key_id, key_secret } = await keyOf(sandbox(), 'falconers', scope);
      return { 'auth-key': key_secret, 'auth-key-id': key_id };
    };
    expect(await aliases(await metadata('ADMIN'))).toHaveLength(3);
    expect(await codeOf(service.listUserKeys({}, { headers: await metadata('API') }))).toBe(
      Code.PermissionDenied,
    );
    expect(
      await codeOf(service.listUserKeys({}, { headers: { 'auth-key': 'wrong', 'auth-key-id': 'wrong' } })),
    ).toBe(Code.Unauthenticated);
  });

  it('are refused with the right code', async () => {
    const headers = falconers();
    const make = (alias: string) => service.createUserKey({ scope: Scope.API, alias }, { headers });
    const unknownScope: number = Number('7');
    expect(await codeOf(service.listUserKeys({}))).toBe(Code.Unauthenticated);
    expect(await codeOf(service.listUserKeys({}, { headers: { authorization: 'Bearer made-up' } }))).toBe(
      Code.Unauthenticated,
    );
    expect(await codeOf(service.listUserKeys({}, { headers: { ...ada, 'fal-user-id': 'user-grace' } }))).toBe(
      Code.PermissionDenied,
    );
    expect(await codeOf(make(''))).toBe(Code.InvalidArgument);
    expect(await codeOf(make('x'.repeat(256)))).toBe(Code.InvalidArgument);
    expect(await codeOf(make('🪶'.repeat(255)))).toBe('worked');
    expect(await codeOf(service.createUserKey({ scope: unknownScope, alias: 'x' }, { headers }))).toBe(
      Code.InvalidArgument,
    );
    expect(await codeOf(service.revokeUserKey({ keyId: 'made-up' }, { headers }))).toBe(Code.NotFound);
    const [foreign] = (await service.listUserKeys({}, { headers: ada })).userKeys;
    expect(await codeOf(service.revokeUserKey({ keyId: foreign?.keyId ?? '' }, { headers }))).toBe(
      Code.NotFound,
    );
  });
});

describe('a fault in gRPC', () => {
  const fault = (body: object) =>
    ask(`${sandbox().control}/faults`, { body: { target: 'grpc', times: 1, ...body } });
  const make = () => service.createUserKey({ scope: Scope.API, alias: 'lost' }, { headers: falconers() });

  it('answers with the code that says what its status says, once', async () => {
    await fault({ kind: 'status', status: 503 });
    expect(await codeOf(make())).toBe(Code.Unavailable);
    await fault({ kind: 'status', status: 429 });
    expect(await codeOf(make())).toBe(Code.ResourceExhausted);
    expect(await aliases(falconers())).not.toContain('lost');
    expect(await codeOf(make())).toBe('worked');
  });

  it('cuts the connection before the work, or after it', async () => {
    await fault({ kind: 'drop' });
    expect(await codeOf(make())).not.toBe('worked');
    expect(await aliases(falconers())).not.toContain('lost');
    await fault({ kind: 'drop', after: true });
    expect(await codeOf(make())).not.toBe('worked');
    expect(await aliases(falconers())).toContain('lost');
  });
});
