import { Agent, type AgentOptions } from 'node:https';

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

/** An https agent that always checks certificates. */
export class CheckedAgent extends Agent {
  constructor(options: AgentOptions) {
    super({ ...options, rejectUnauthorized: true });
  }

  override createConnection(...request: Parameters<Agent['createConnection']>) {
    return withCheckedTls(() => super.createConnection(...request));
  }
}
