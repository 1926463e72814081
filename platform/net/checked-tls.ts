import { Agent, type AgentOptions } from 'node:https';

/**
 * Runs work, which must be synchronous, as if NODE_TLS_REJECT_UNAUTHORIZED were not set. Our connections ask for the
 * check in so many words, which wins over the variable; but Node would still warn that they are insecure, and
 * a library of ours might open one without asking. Nothing else can run meanwhile, so that a child process
 * (`varvel run`) still finds the variable as the person set it.
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
