import type { FastifyReply, FastifyRequest } from 'fastify';
import { type Model, modelById } from '../catalog.ts';
import type { Credentials } from '../credentials.ts';
import { badKey, lockedMessage, refuse } from '../refusals.ts';
import type { FalKey, Store } from '../state.ts';

/** An admitted call. A public model charges nobody. */
export interface Admitted {
  readonly model: Model;
  readonly key: FalKey | undefined;
}

/** The key of a request; undefined after sending a 401. */
export const admitKey = (
  request: FastifyRequest,
  reply: FastifyReply,
  credentials: Credentials,
): FalKey | undefined => {
  const credential = credentials.ofHeader(request.headers.authorization);
  if (credential.kind === 'key') return credential.key;
  refuse(
    reply,
    401,
    credential.kind === 'none' ? 'Authentication is required to access this application.' : badKey,
  );
  return undefined;
};

/**
 * Lets a billable call in, or refuses it in fal's words and returns undefined: 401 without a known key, 403 while the
 * key's account is locked, 404 for an unknown model.
 */
export const admitCall = (
  request: FastifyRequest,
  reply: FastifyReply,
  endpointId: string,
  { store, credentials }: { store: Store; credentials: Credentials },
): Admitted | undefined => {
  const model = modelById(endpointId);
  if (model?.public) return { model, key: undefined };
  const key = admitKey(request, reply, credentials);
  if (!key) return undefined;
  const lock = store.state.locks[key.account];
  if (lock !== undefined) {
    refuse(reply, 403, lockedMessage(lock));
    return undefined;
  }
  if (!model) {
    refuse(reply, 404, `Application "${endpointId}" not found`);
    return undefined;
  }
  return { model, key };
};
