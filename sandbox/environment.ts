import { audience, clientId } from './signin/client.ts';

/** The environment file for Varvel, with all URLs. */
export interface EnvironmentFile {
  readonly name: string;
  /** Ends in a slash, as fal's does. */
  readonly issuer: string;
  readonly clientId: string;
  readonly audience: string;
  readonly connectionUrl: string;
  readonly restUrl: string;
  readonly grpcUrl: string;
  /** Includes `/v1`, as fal's does. */
  readonly platformUrl: string;
  readonly runUrl: string;
  readonly queueUrl: string;
  readonly dashboardUrl: string;
  readonly flows: readonly ('device' | 'loopback')[];
}

/** The sandbox's environment. @param origin of the HTTP/1 port @param grpcOrigin of the HTTP/2 port */
export const describeEnvironment = (origin: string, grpcOrigin: string): EnvironmentFile => ({
  name: 'sandbox',
  issuer: `${origin}/`,
  clientId,
  audience,
  connectionUrl: `${origin}/api/auth/cli/session-seed`,
  restUrl: origin,
  grpcUrl: grpcOrigin,
  platformUrl: `${origin}/v1`,
  runUrl: `${origin}/run`,
  queueUrl: `${origin}/queue`,
  dashboardUrl: `${origin}/dashboard`,
  flows: ['device', 'loopback'],
});
