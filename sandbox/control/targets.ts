/** The parts of fal a fault can be put in, by the words of the sandbox's contract. */
export const faultTargets = ['signin', 'rest', 'grpc', 'platform', 'run'] as const;

export type FaultTarget = (typeof faultTargets)[number];

/** What a request is for. `control` and `files` never fail on purpose. */
export type RequestTarget = FaultTarget | 'control' | 'files' | 'dashboard';

const prefixes: readonly (readonly [string, RequestTarget])[] = [
  ['/_sandbox', 'control'],
  ['/v1', 'platform'],
  ['/run', 'run'],
  ['/queue', 'run'],
  ['/files', 'files'],
  ['/users', 'rest'],
  ['/billing', 'rest'],
  ['/storage', 'rest'],
  ['/dashboard', 'dashboard'],
];

/** What a path on the HTTP/1 port is for; whatever is nothing else belongs to sign-in, whose paths start at the root. */
export const targetOf = (path: string): RequestTarget =>
  prefixes.find(([prefix]) => path === prefix || path.startsWith(`${prefix}/`))?.[1] ?? 'signin';
