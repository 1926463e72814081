import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import Fastify, { type FastifyInstance } from 'fastify';
import * as z from 'zod/mini';
import { controlRoutes } from './control/control-routes.ts';
import { createFaults } from './control/faults.ts';
import { createRequestLog } from './control/request-log.ts';
import { createCredentials } from './credentials.ts';
import { describeEnvironment, type EnvironmentFile } from './environment.ts';
import { createFrontDoor } from './front-door.ts';
import { createGrpcPort } from './grpc/grpc-port.ts';
import { keyService } from './grpc/grpc-service.ts';
import { createHttpPort } from './http-port.ts';
import { createKeyRegistry } from './keys.ts';
import { pageHeaders } from './pages/layout.ts';
import { dashboardPage } from './pages/signin-pages.ts';
import { platformRoutes } from './platform/routes.ts';
import { freePort, listen } from './ports.ts';
import { privateFolder, privateTemporaryFolder, writePrivately } from './private-files.ts';
import { refuse } from './refusals.ts';
import { restRoutes } from './rest-routes.ts';
import { runRoutes } from './run/routes.ts';
import { createDevices } from './signin/device.ts';
import { createProvider, makeSigningKey } from './signin/provider.ts';
import { signinRoutes } from './signin/routes.ts';
import { createSignInSessions } from './signin/sessions.ts';
import { openStore } from './state.ts';
import { createLedger } from './usage/ledger.ts';

export interface SandboxOptions {
  /** The HTTP port. Default or 0: the port this state had before, or any free one. */
  readonly port?: number;
  /** The folder that keeps the state across restarts. Default: a temporary one, deleted with the sandbox. */
  readonly stateDir?: string;
}

/** A running sandbox. */
export interface Sandbox {
  readonly environment: EnvironmentFile;
  /** Path of environment.json, which holds `environment`. */
  readonly environmentPath: string;
  /** The control API's base URL, without a slash at the end. */
  readonly control: string;
  /** Stops right away, even with open connections. Can be called again. */
  close(): Promise<void>;
}

const PortsBefore = z.object({ restUrl: z.string(), grpcUrl: z.string() });

/** The status and message of a thrown error; generic for an unexpected one. */
const Failure = z.catch(z.object({ statusCode: z.int(), message: z.string() }), {
  statusCode: 500,
  message: 'Internal Server Error',
});

const PortTaken = z.object({ code: z.literal('EADDRINUSE'), port: z.int() });

/** The last ports of this state, so that a restart keeps its URLs (and its tokens their issuer). */
const portsBefore = (environmentPath: string): { http: number[]; grpc: number[] } => {
  try {
    const { restUrl, grpcUrl } = PortsBefore.parse(JSON.parse(readFileSync(environmentPath, 'utf8')));
    const port = (url: string): number[] => {
      const text = URL.parse(url)?.port ?? '';
      return text === '' ? [] : [Number(text)];
    };
    return { http: port(restUrl), grpc: port(grpcUrl) };
  } catch {
    return { http: [], grpc: [] };
  }
};

/** Reads JSON bodies and forms. An empty body is fine, as in a DELETE or POST without arguments. */
const readBodies = (app: FastifyInstance): void => {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (_request, body, done) => {
    try {
      done(null, body === '' ? undefined : JSON.parse(String(body)));
    } catch {
      done(Object.assign(new Error('The body is not JSON'), { statusCode: 400 }));
    }
  });
  app.addContentTypeParser(
    'application/x-www-form-urlencoded',
    { parseAs: 'string' },
    (_request, body, done) => done(null, Object.fromEntries(new URLSearchParams(String(body)))),
  );
};

/**
 * Starts a local copy of fal on 127.0.0.1: an OpenID provider, the REST, gRPC and Platform APIs, models, and the control API.
 * @throws Error when the port is taken, or the state folder can't be read or written
 */
export const startSandbox = async (options: SandboxOptions = {}): Promise<Sandbox> => {
  for (let tries = 1; ; tries += 1) {
    try {
      return await startOnPorts(options);
    } catch (cause) {
      // a port that was found free can be another program's by now; one that was asked for is reported
      const taken = PortTaken.safeParse(cause);
      if (!taken.success || taken.data.port === options.port || tries === 5) throw cause;
    }
  }
};

const startOnPorts = async (options: SandboxOptions): Promise<Sandbox> => {
  const folder = options.stateDir ?? privateTemporaryFolder();
  privateFolder(folder);
  const environmentPath = join(folder, 'environment.json');
  const before = portsBefore(environmentPath);
  const fixed = options.port !== undefined && options.port !== 0 ? options.port : undefined;
  const [store, httpPort] = await Promise.all([
    openStore(options.stateDir, makeSigningKey),
    fixed ?? freePort(before.http),
  ]);
  const grpcPortNumber = await freePort([...before.grpc, ...(fixed === undefined ? [] : [fixed + 1])]);
  const origin = `http://127.0.0.1:${httpPort}`;
  const environment = describeEnvironment(origin, `http://127.0.0.1:${grpcPortNumber}`);

  const keys = createKeyRegistry(store);
  const credentials = createCredentials(store, keys);
  const ledger = createLedger(store);
  const faults = createFaults();
  const log = createRequestLog();
  const door = createFrontDoor(credentials, keys, faults, log);
  const provider = createProvider(environment.issuer, store);
  const devices = createDevices(provider);
  const answerProvider = provider.callback();

  const grpc = createGrpcPort(door, keyService(credentials, keys));
  const app = Fastify({
    serverFactory: (handler) =>
      createHttpPort(door, (request, response) => void answerProvider(request, response), handler),
    forceCloseConnections: true,
  });
  readBodies(app);
  app.register(async (scope) =>
    signinRoutes(scope, { origin, provider, devices, sessions: createSignInSessions(store) }),
  );
  app.register(async (scope) => restRoutes(scope, { origin, store, credentials }));
  app.register(async (scope) => runRoutes(scope, { origin, store, credentials, ledger }));
  app.register(async (scope) => platformRoutes(scope, { origin, store, keys, credentials, ledger }), {
    prefix: '/v1',
  });
  app.register(async (scope) => controlRoutes(scope, { store, keys, devices, faults, log }), {
    prefix: '/_sandbox',
  });
  app.get('/dashboard', async (_request, reply) => reply.headers({ ...pageHeaders }).send(dashboardPage()));
  app.get('/dashboard/*', async (_request, reply) => reply.headers({ ...pageHeaders }).send(dashboardPage()));

  app.setNotFoundHandler(async (_request, reply) => refuse(reply, 404, 'Not Found'));
  app.setErrorHandler(async (error, _request, reply) => {
    const { statusCode, message } = Failure.parse(error);
    return refuse(reply, statusCode, message);
  });

  const removeFolder = (): void => {
    if (options.stateDir === undefined) rmSync(folder, { recursive: true, force: true });
  };
  const stop = async (): Promise<void> => {
    door.close();
    grpc.endConnections();
    await Promise.all([app.close(), new Promise<void>((resolve) => grpc.server.close(() => resolve()))]);
    // A client in this process must notice that its connections are gone before it connects to the next sandbox.
    await wait(10);
    removeFolder();
  };

  try {
    await app.listen({ port: httpPort, host: '127.0.0.1' });
    await listen(grpc.server, grpcPortNumber);
    writePrivately(environmentPath, `${JSON.stringify(environment, null, 2)}\n`);
  } catch (cause) {
    await stop();
    throw cause;
  }

  let stopping: Promise<void> | undefined;
  return {
    environment,
    environmentPath,
    control: `${origin}/_sandbox`,
    close() {
      stopping ??= stop();
      return stopping;
    },
  };
};
