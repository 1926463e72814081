import { randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import { setTimeout as wait } from 'node:timers/promises';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { modelById } from '../catalog.ts';
import type { Credentials } from '../credentials.ts';
import { refuse } from '../refusals.ts';
import type { Store } from '../state.ts';
import type { Ledger } from '../usage/ledger.ts';
import { admitCall, admitCaller } from './admission.ts';
import { readInput, runModel } from './inference.ts';
import { drawPicture } from './picture.ts';
import { appOf, createQueue, type Queued } from './queue.ts';

export interface RunRoutes {
  readonly origin: string;
  readonly store: Store;
  readonly credentials: Credentials;
  readonly ledger: Ledger;
}

/** The queue's URLs of an app. */
const queuePath =
  /^(?<app>[^/]+\/[^/]+)\/requests\/(?<id>[^/]+)(?<what>\/status|\/status\/stream|\/cancel)?$/;

type Wildcard = { Params: { '*': string } };

/** Calls of models, directly (`https://fal.run`) and through the queue (`https://queue.fal.run`), and their pictures. */
export const runRoutes = (app: FastifyInstance, parts: RunRoutes): void => {
  const { origin, store, credentials, ledger } = parts;
  const queue = createQueue(ledger);

  /** Checks, runs and charges a call; undefined after sending a refusal. */
  const call = (request: FastifyRequest<Wildcard>, reply: FastifyReply) => {
    const admitted = admitCall(request, reply, request.params['*'], parts);
    if (!admitted) return undefined;
    const { model, payer } = admitted;
    const read = readInput(request.body);
    if (!read.ok) {
      reply.status(422).send({ detail: read.problems });
      return undefined;
    }
    const result = runModel(store, origin, model, read.input);
    const callId = payer && ledger.charge(payer, model.endpoint_id, read.input.num_images);
    return { endpointId: model.endpoint_id, account: payer?.account, result, callId };
  };

  app.post<Wildcard>('/run/*', async (request, reply) => {
    reply.header('x-fal-request-id', randomUUID());
    return call(request, reply)?.result ?? reply;
  });

  const links = ({ id, endpointId }: Queued): Record<string, string> => {
    const base = `${origin}/queue/${appOf(endpointId)}/requests/${id}`;
    return {
      request_id: id,
      response_url: base,
      status_url: `${base}/status`,
      cancel_url: `${base}/cancel`,
    };
  };

  const drawing = ({ submittedAt }: Queued): Record<string, string> => ({
    message: 'Drawing rings',
    level: 'INFO',
    source: 'RUN',
    timestamp: new Date(submittedAt).toISOString(),
  });

  const statusBody = (queued: Queued, logs: boolean): Record<string, unknown> => {
    const status = queue.status(queued);
    return {
      status,
      ...links(queued),
      ...(status === 'IN_QUEUE' ? { queue_position: 0 } : {}),
      // always there, null unless asked for: fal_client reads it
      ...(status === 'IN_QUEUE' ? {} : { logs: logs ? [drawing(queued)] : null }),
      ...(status === 'COMPLETED' ? { metrics: { inference_time: 0.35 } } : {}),
    };
  };

  /** The queued request of a URL; undefined after sending a refusal. */
  const findQueued = (request: FastifyRequest<Wildcard>, reply: FastifyReply) => {
    const { app: name = '', id = '', what = '' } = queuePath.exec(request.params['*'])?.groups ?? {};
    const queued = queue.find(name, id);
    const open = queued !== undefined && queued.account === undefined;
    const caller = open ? undefined : admitCaller(request, reply, credentials);
    if (!open && !caller) return undefined;
    if (queued && queued.account === caller?.account.user_id) return { queued, what };
    refuse(reply, 404, 'Request not found');
    return undefined;
  };

  async function* follow(queued: Queued, logs: boolean): AsyncGenerator<string> {
    let last = '';
    while (last !== 'COMPLETED') {
      const status = queue.status(queued);
      if (status !== last) yield `data: ${JSON.stringify(statusBody(queued, logs))}\n\n`;
      last = status;
      if (status !== 'COMPLETED') await wait(20);
    }
  }

  app.post<Wildcard>('/queue/*', async (request, reply) => {
    const asked = call(request, reply);
    if (!asked) return reply;
    const queued = queue.submit(asked);
    reply.header('x-fal-request-id', queued.id);
    return { status: 'IN_QUEUE', ...links(queued), queue_position: 0 };
  });

  app.get<Wildcard & { Querystring: { logs?: string } }>('/queue/*', async (request, reply) => {
    const found = findQueued(request, reply);
    if (!found) return reply;
    const { queued, what } = found;
    const logs = ['1', 'true'].includes(request.query.logs?.toLowerCase() ?? '');
    reply.header('x-fal-request-id', queued.id);
    if (what === '/status/stream')
      return reply
        .header('cache-control', 'no-store')
        .type('text/event-stream')
        .send(Readable.from(follow(queued, logs)));
    const status = queue.status(queued);
    if (what === '/status')
      return reply.status(status === 'COMPLETED' ? 200 : 202).send(statusBody(queued, logs));
    if (what === '/cancel') return refuse(reply, 405, 'Method Not Allowed');
    if (queued.cancelled) return refuse(reply, 400, 'Request was cancelled');
    if (status !== 'COMPLETED') return refuse(reply, 400, 'Request is still in progress');
    return queued.result;
  });

  app.put<Wildcard>('/queue/*', async (request, reply) => {
    const found = findQueued(request, reply);
    if (!found) return reply;
    if (found.what !== '/cancel') return refuse(reply, 405, 'Method Not Allowed');
    return queue.cancel(found.queued)
      ? reply.status(202).send({ status: 'CANCELLATION_REQUESTED' })
      : reply.status(400).send({ status: 'ALREADY_COMPLETED' });
  });

  const sendPng = (reply: FastifyReply, png: Buffer): FastifyReply =>
    reply
      .header('x-content-type-options', 'nosniff')
      .header('cache-control', 'max-age=31536000, immutable')
      .type('image/png')
      .send(png);

  app.get<{ Params: { file: string } }>('/files/pictures/:file', async (request, reply) => {
    const id = request.params.file.replace(/\.png$/, '');
    const picture = Object.hasOwn(store.state.pictures, id) ? store.state.pictures[id] : undefined;
    return picture ? sendPng(reply, drawPicture(picture)) : refuse(reply, 404, 'No such file');
  });

  app.get<{ Params: { file: string } }>('/files/thumbnails/:file', async (request, reply) => {
    const model = modelById(request.params.file.replace(/\.png$/, ''));
    return model
      ? sendPng(reply, drawPicture({ prompt: model.endpoint_id, width: 320, height: 240, seed: 0 }))
      : refuse(reply, 404, 'No such file');
  });
};
