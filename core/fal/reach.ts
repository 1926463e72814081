import { hasCode, VarvelError } from '../model/error.ts';
import type { Environment } from '../model/fal-environment.ts';
import type { Clock, Http } from '../ports.ts';

export interface Reached {
  /** The server's host. */
  host: string;
  /** Time until it answered, in milliseconds; null when it didn't. */
  latencyMs: number | null;
  error: VarvelError | null;
}

/** Asks each of fal's servers for anything at all: whatever it answers, it is reached. Nothing secret is sent. */
export async function reachServers(environment: Environment, http: Http, clock: Clock): Promise<Reached[]> {
  const addresses = [environment.issuer, environment.restUrl, environment.platformUrl, environment.runUrl];
  const origins = [...new Set(addresses.map((address) => new URL(address).origin))];
  return Promise.all(
    origins.map(async (origin) => {
      const start = clock.now();
      const { host } = new URL(origin);
      try {
        await http.fetch(`${origin}/`, { timeoutMs: 5000 });
      } catch (error) {
        if (!(error instanceof VarvelError)) throw error;
        // an answer we don't follow is an answer
        if (hasCode(error, 'unreachable', 'cancelled')) return { host, latencyMs: null, error };
      }
      return { host, latencyMs: clock.now() - start, error: null };
    }),
  );
}
