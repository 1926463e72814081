import {
  createServer,
  type Http2Server,
  type Http2ServerRequest,
  type Http2ServerResponse,
} from 'node:http2';
import type { Socket } from 'node:net';
import type { ConnectRouter } from '@connectrpc/connect';
import { connectNodeAdapter } from '@connectrpc/connect-node';
import { grpcCodeOf } from '../control/faults.ts';
import type { FrontDoor, Visit } from '../front-door.ts';

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

const visitOf = (
  request: Http2ServerRequest,
  response: Http2ServerResponse,
  drop: () => void,
  enter: () => void,
): Visit => {
  const { stream } = response;
  return {
    method: request.method,
    path: request.url.replace(/[?#].*$/s, ''),
    target: 'grpc',
    headers: request.headers,
    onAnswered: (listener) => response.once('finish', () => listener(response.statusCode)),
    drop,
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

/** A port that can be closed while clients keep connections open. */
export interface GrpcPort {
  readonly server: Http2Server;
  /** Ends every connection, so that the server can close. */
  endConnections(): void;
}

/** The gRPC server: unencrypted HTTP/2 behind the front door. gRPC only, like fal. */
export const createGrpcPort = (door: FrontDoor, routes: (router: ConnectRouter) => void): GrpcPort => {
  const handler = connectNodeAdapter({ routes, connect: false, grpcWeb: false });
  // By the client's port: a session can't reset its socket, and would close it gracefully.
  const sockets = new Map<number | undefined, Socket>();
  const server = createServer((request, response) => {
    const socket = sockets.get(request.socket.remotePort);
    const drop = (): void => void setImmediate(() => socket?.resetAndDestroy());
    door.receive(visitOf(request, response, drop, () => handler(request, response)));
  });
  server.on('connection', (socket: Socket) => {
    const { remotePort } = socket;
    sockets.set(remotePort, socket);
    socket.on('close', () => {
      if (sockets.get(remotePort) === socket) sockets.delete(remotePort);
    });
  });
  // A client that disconnects during a call is not the server's problem.
  server.on('session', (session) => session.on('error', () => {}));
  return {
    server,
    endConnections() {
      for (const socket of sockets.values()) socket.destroy();
    },
  };
};
