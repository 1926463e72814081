/** The parts of fal that can have faults, by their names in the sandbox's contract. */
export const faultTargets = ['signin', 'rest', 'grpc', 'platform', 'run'] as const;

export type FaultTarget = (typeof faultTargets)[number];

/** The part of fal that a request is for. `control` and `files` never have faults. */
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

/** The target of a path on the HTTP/1 port. Sign-in has all other paths, from the root. */
export const targetOf = (path: string): RequestTarget =>
  prefixes.find(([prefix]) => path === prefix || path.startsWith(`${prefix}/`))?.[1] ?? 'signin';
