import { Agent } from 'node:https';
import { isIP, Socket } from 'node:net';
import { connect, type TLSSocket } from 'node:tls';
import { openTunnel } from './proxy.ts';
import type { Trust } from './trust.ts';

/** How https connections are made. */
export interface Route {
  /** Null to connect directly. */
  proxy: URL | null;
  trust: Trust;
}

/**
 * Runs synchronous work as if NODE_TLS_REJECT_UNAUTHORIZED were not set. Our connections request the
 * check explicitly, which overrides the variable. But Node would still warn that they are insecure, and
 * a library might open a connection without the request. Nothing else can run meanwhile, so a child process
 * (`varvel run`) still gets the variable as the user set it.
 */
export function withCheckedTls<T>(work: () => T): T {
  const name = 'NODE_TLS_REJECT_UNAUTHORIZED';
  const value = process.env[name];
  if (value === undefined) return work();
  delete process.env[name];
  try {
    return work();
  } finally {
    process.env[name] = value;
  }
}

/** An https agent that keeps connections alive and always checks certificates. */
export class CheckedAgent extends Agent {
  readonly #route: Route;

  constructor(route: Route) {
    super({ keepAlive: true, rejectUnauthorized: true });
    this.#route = route;
  }

  override createConnection(...[options, done]: Parameters<Agent['createConnection']>) {
    const { proxy } = this.#route;
    const host = options.host?.includes(':') ? `[${options.host}]` : options.host;
    const target = new URL(`https://${host}:${options.port ?? 443}`);
    if (proxy === null) return connectTls(this.#route, target, 'http/1.1');
    openTunnel(proxy, target).then(
      (tunnel) => done?.(null, connectTls(this.#route, target, 'http/1.1', tunnel)),
      (error) => done?.(error, new Socket()),
    );
    return undefined;
  }
}

/**
 * A connection whose certificate is always checked.
 * @param tunnel through the route's proxy
 */
export function connectTls(
  { trust }: Route,
  { hostname, port }: URL,
  protocol: 'h2' | 'http/1.1',
  tunnel?: Socket,
): TLSSocket {
  const host = hostname.replace(/^\[|\]$/g, '');
  return withCheckedTls(() =>
    connect({
      host,
      port: Number(port || 443),
      ALPNProtocols: [protocol],
      rejectUnauthorized: true,
      secureContext: trust.context(),
      socket: tunnel,
      ...(isIP(host) === 0 && { servername: host }),
    }),
  );
}
