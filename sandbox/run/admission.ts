import type { FastifyReply, FastifyRequest } from 'fastify';
import { personalAccount } from '../accounts.ts';
import { type Model, modelById } from '../catalog.ts';
import { actFor, type Caller, type Credentials } from '../credentials.ts';
import { badKey, lockOf, refuse } from '../refusals.ts';
import type { Store } from '../state.ts';
import type { Payer } from '../usage/ledger.ts';

/** An admitted call. A public model charges nobody. */
export interface Admitted {
  readonly model: Model;
  readonly payer: Payer | undefined;
}

/** Who calls, by a key or a sign-in (fal_client sends a bearer without a key); undefined after sending a refusal. */
export const admitCaller = (
  request: FastifyRequest,
  reply: FastifyReply,
  credentials: Credentials,
): Caller | undefined => {
  const credential = credentials.ofHeader(request.headers.authorization);
  if (credential.kind === 'none' || credential.kind === 'unknown') {
    const words =
      credential.kind === 'none'
        ? 'Authentication is required to access this application.'
        : credential.scheme === 'bearer'
          ? 'Invalid or expired token'
          : badKey;
    refuse(reply, 401, words);
    return undefined;
  }
  const userId = request.headers['x-fal-user-id'];
  const caller = actFor(credential, typeof userId === 'string' ? userId : undefined);
  if (!caller) refuse(reply, 403, 'You are not a member of this account');
  return caller;
};

/**
 * Lets a billable call in, or refuses it in fal's words and returns undefined: 401 without a known credential, 403 while
 * the account or the key is locked, 404 for an unknown model.
 */
export const admitCall = (
  request: FastifyRequest,
  reply: FastifyReply,
  endpointId: string,
  { store, credentials }: { store: Store; credentials: Credentials },
): Admitted | undefined => {
  const model = modelById(endpointId);
  if (model?.public) return { model, payer: undefined };
  const caller = admitCaller(request, reply, credentials);
  if (!caller) return undefined;
  const lock = lockOf(caller, store.state);
  if (lock !== undefined) {
    refuse(reply, 403, lock);
    return undefined;
  }
  if (!model) {
    refuse(reply, 404, `Application "${endpointId}" not found`);
    return undefined;
  }
  const account = caller.account.user_id;
  const payer =
    caller.kind === 'key'
      ? { account, key_id: caller.key.key_id }
      : { account, key_id: '', login: personalAccount(caller.person).nickname };
  return { model, payer };
};
