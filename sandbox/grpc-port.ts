import {
  createServer,
  type Http2Server,
  type Http2ServerRequest,
  type Http2ServerResponse,
  type ServerHttp2Session,
} from 'node:http2';
import type { ConnectRouter } from '@connectrpc/connect';
import { connectNodeAdapter } from '@connectrpc/connect-node';
import { grpcCodeOf } from './faults.ts';
import type { FrontDoor, Visit } from './front-door.ts';

const mute = (response: Http2ServerResponse, done: () => void): void => {
  const nothing = (): Http2ServerResponse => response;
  Object.assign(response, {
    writeHead: nothing,
    write: () => true,
    end: () => {
      done();
      return response;
    },
  });
};

const visitOf = (request: Http2ServerRequest, response: Http2ServerResponse, enter: () => void): Visit => {
  const { stream } = response;
  return {
    method: request.method,
    path: request.url.replace(/[?#].*$/s, ''),
    target: 'grpc',
    headers: request.headers,
    onAnswered: (listener) => response.once('finish', () => listener(response.statusCode)),
    drop: () => stream.session?.destroy(),
    answer(status, body) {
      stream.respond(
        {
          ':status': 200,
          'content-type': 'application/grpc+proto',
          'grpc-status': String(grpcCodeOf(status)),
          'grpc-message': encodeURIComponent(JSON.stringify(body)),
        },
        { endStream: true },
      );
    },
    mute: (done) => mute(response, done),
    enter,
  };
};

/** A port that can be closed even while clients keep their connections open. */
export interface GrpcPort {
  readonly server: Http2Server;
  /** Ends every connection, so that the server can close. */
  endConnections(): void;
}

/** The gRPC server: cleartext HTTP/2 behind the front door. gRPC only, as fal has it. */
export const createGrpcPort = (door: FrontDoor, routes: (router: ConnectRouter) => void): GrpcPort => {
  const handler = connectNodeAdapter({ routes, connect: false, grpcWeb: false });
  const sessions = new Set<ServerHttp2Session>();
  const server = createServer((request, response) => {
    door.receive(visitOf(request, response, () => handler(request, response)));
  });
  server.on('session', (session) => {
    sessions.add(session);
    session.on('close', () => sessions.delete(session));
    // A client that goes away in the middle of a call is no trouble of the server's.
    session.on('error', () => {});
  });
  return {
    server,
    endConnections() {
      for (const session of sessions) session.destroy();
    },
  };
};
