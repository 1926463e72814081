/** How a sign-in runs: the device code (RFC 8628), or authorization code + PKCE on a loopback callback. */
export const signInFlows = ['device', 'loopback'] as const;
export type Flow = (typeof signInFlows)[number];

/** The environments that a window can change to: fal itself and the built-in sandbox. */
export const builtInEnvironments = ['fal', 'sandbox'] as const;
export type BuiltInEnvironment = (typeof builtInEnvironments)[number];

/** The set of fal's URLs in use. */
export interface Environment {
  /** Lower-case name; also the name of its folder below VARVEL_HOME. */
  name: string;
  /** The OpenID provider. */
  issuer: string;
  clientId: string;
  audience: string;
  /** The page that tells the browser's session the connection before a device code is confirmed. */
  connectionUrl: string;
  /** Users, accounts, balance. */
  restUrl: string;
  /** The host that starts uploads: a free way to see a lock. */
  storageUrl: string;
  /** The key service. */
  grpcUrl: string;
  /** The Platform API, with its version. */
  platformUrl: string;
  /** Model calls. */
  runUrl: string;
  queueUrl: string;
  dashboardUrl: string;
  /** The flows this provider is known to accept, the preferred one first. */
  flows: Flow[];
}

/** fal itself. Source: fal's public CLI and documentation, see docs/fal.md. */
export const falEnvironment: Environment = {
  name: 'fal',
  issuer: 'https://auth.fal.ai/',
  clientId: 'TwXR51Vz8JbY8GUUMy6EyuVR0fTO7N4N',
  audience: 'fal-cloud',
  connectionUrl: 'https://fal.ai/api/auth/cli/session-seed',
  restUrl: 'https://rest.alpha.fal.ai',
  storageUrl: 'https://rest.fal.ai',
  grpcUrl: 'https://api.alpha.fal.ai',
  platformUrl: 'https://api.fal.ai/v1',
  runUrl: 'https://fal.run',
  queueUrl: 'https://queue.fal.run',
  dashboardUrl: 'https://fal.ai/dashboard',
  flows: ['device'],
};
