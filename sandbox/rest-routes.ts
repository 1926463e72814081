import { randomUUID } from 'node:crypto';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import * as z from 'zod/mini';
import { accountsOfPerson, type FalAccount } from './accounts.ts';
import { actFor, type Caller, type Credentials, type RequestCredential } from './credentials.ts';
import { badKey, lockOf, refuse, validationDetail } from './refusals.ts';
import type { Store } from './state.ts';

/** An account as `/users/teams` and `/users/current` show it. */
const shown = (account: FalAccount, locks: Readonly<Record<string, string>>): Record<string, unknown> => {
  const lock = locks[account.user_id];
  return {
    user_id: account.user_id,
    nickname: account.nickname,
    full_name: account.full_name,
    is_personal: account.kind === 'personal',
    is_org: account.kind === 'organization',
    ...(lock === undefined ? {} : { lock_reason: lock }),
  };
};

const UploadBody = z.object({ content_type: z.string(), file_name: z.string() });

/** How long an upload token is valid, in milliseconds. */
const uploadTokenMs = 10 * 60 * 1000;

/** The largest upload, in bytes. */
const uploadLimit = 25 * 1024 * 1024;

/** The part of fal's REST API (`https://rest.alpha.fal.ai`) that its CLI and clients use. */
export const restRoutes = (
  app: FastifyInstance,
  { origin, store, credentials }: { origin: string; store: Store; credentials: Credentials },
): void => {
  const uploads = new Map<string, { type: string; bytes: Buffer | undefined }>();
  /** When an upload token ends, by its value. */
  const uploadTokens = new Map<string, number>();

  const newUpload = (fileName: string, type: string): { name: string; url: string } => {
    const name = `${randomUUID()}_${fileName.replace(/[^\w.-]/g, '_').slice(-100)}`;
    uploads.set(name, { type, bytes: undefined });
    return { name, url: `${origin}/files/uploads/${name}` };
  };

  const refuseCredential = (reply: FastifyReply, credential: RequestCredential): FastifyReply =>
    credential.kind === 'unknown' && credential.scheme === 'key'
      ? refuse(reply, 401, badKey)
      : refuse(
          reply,
          401,
          credential.kind === 'none' ? 'Authentication required' : 'Invalid or expired token',
        );

  /** The caller; undefined after sending a refusal. */
  const admit = (request: FastifyRequest, reply: FastifyReply): Caller | undefined => {
    const credential = credentials.ofHeader(request.headers.authorization);
    if (credential.kind === 'none' || credential.kind === 'unknown') {
      refuseCredential(reply, credential);
      return undefined;
    }
    const userId = request.headers['x-fal-user-id'];
    const caller = actFor(credential, typeof userId === 'string' ? userId : undefined);
    if (!caller) refuse(reply, 403, 'You are not a member of this account');
    return caller;
  };

  app.get('/users/teams', async (request, reply) => {
    const credential = credentials.ofHeader(request.headers.authorization);
    if (credential.kind === 'none' || credential.kind === 'unknown')
      return refuseCredential(reply, credential);
    if (credential.kind === 'key')
      return refuse(reply, 403, 'A key belongs to one account; sign in to list them');
    return accountsOfPerson(credential.person).map((account) => shown(account, store.state.locks));
  });

  app.get('/users/current', async (request, reply) => {
    const caller = admit(request, reply);
    if (!caller) return reply;
    return shown(caller.account, store.state.locks);
  });

  /** A plain number, in US dollars (from users' reports, not documented). */
  app.get('/billing/user_balance', async (request, reply) => {
    const caller = admit(request, reply);
    if (!caller) return reply;
    return reply
      .type('application/json')
      .send(JSON.stringify(store.state.balances[caller.account.user_id] ?? 0));
  });

  app.post('/storage/upload/initiate', async (request, reply) => {
    const caller = admit(request, reply);
    if (!caller) return reply;
    const lock = lockOf(caller, store.state);
    if (lock !== undefined) return refuse(reply, 403, lock);
    const body = UploadBody.safeParse(request.body);
    if (!body.success) return validationDetail(reply, ['content_type', 'file_name'], request.body);
    const { url } = newUpload(body.data.file_name, body.data.content_type);
    return { file_url: url, upload_url: url };
  });

  /** A short-lived token for uploads that don't go through `initiate`, as fal_client makes them. */
  app.post('/storage/auth/token', async (request, reply) => {
    const caller = admit(request, reply);
    if (!caller) return reply;
    const lock = lockOf(caller, store.state);
    if (lock !== undefined) return refuse(reply, 403, lock);
    const token = randomUUID();
    const expires = Date.now() + uploadTokenMs;
    uploadTokens.set(token, expires);
    return {
      token,
      token_type: 'Bearer',
      base_url: origin,
      expires_at: new Date(expires).toISOString().replace('Z', '+00:00'),
    };
  });

  app.register(async (files) => {
    files.removeAllContentTypeParsers();
    files.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: uploadLimit }, (_request, body, done) =>
      done(null, body),
    );
    files.post('/files/upload', async (request, reply) => {
      const token = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1] ?? '';
      if ((uploadTokens.get(token) ?? 0) < Date.now()) return refuse(reply, 401, 'Invalid or expired token');
      const given = request.headers['x-fal-file-name'];
      const type = request.headers['content-type'] ?? 'application/octet-stream';
      const { name, url } = newUpload(typeof given === 'string' ? given : 'upload.bin', type);
      uploads.set(name, { type, bytes: Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0) });
      return { access_url: url };
    });
    files.put<{ Params: { name: string } }>('/files/uploads/:name', async (request, reply) => {
      const upload = uploads.get(request.params.name);
      if (!upload) return refuse(reply, 404, 'No such upload');
      upload.bytes = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
      return reply.status(200).send();
    });
    files.get<{ Params: { name: string } }>('/files/uploads/:name', async (request, reply) => {
      const upload = uploads.get(request.params.name);
      if (!upload?.bytes) return refuse(reply, 404, 'No such file');
      return reply
        .header('x-content-type-options', 'nosniff')
        .header('content-security-policy', "default-src 'none'; sandbox")
        .type(upload.type)
        .send(upload.bytes);
    });
  });
};
