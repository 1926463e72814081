import { hasCode, VarvelError } from '../model/error.ts';
import type { Environment } from '../model/fal/fal-environment.ts';
import type { Clock, Http } from '../ports.ts';

export interface Reached {
  /** The server's host. */
  host: string;
  /** Time until it answered, in milliseconds; null when it didn't. */
  latencyMs: number | null;
  error: VarvelError | null;
}

/** Checks that each of fal's servers answers; any answer counts. Sends no secret. */
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
        // any other error is an answer too
        if (hasCode(error, 'unreachable', 'cancelled')) return { host, latencyMs: null, error };
      }
      return { host, latencyMs: clock.now() - start, error: null };
    }),
  );
}
