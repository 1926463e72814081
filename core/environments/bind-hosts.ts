import { VarvelError } from '../model/error.ts';
import { hostsOf } from '../model/fal/environment.ts';
import type { Environment } from '../model/fal/fal-environment.ts';
import type { Ports } from '../ports.ts';

/**
 * Binds an environment's data to its hosts at first use: a file that names other hosts later would give them its keys.
 * The built-in names are bound by `decodeEnvironment`.
 * @throws VarvelError `conflict` for hosts that are not those of the first use
 */
export function bindHosts(state: Pick<Ports['state'], 'hosts'>, environment: Environment): void {
  const hosts = hostsOf(environment);
  const bound = state.hosts.all();
  if (bound.length === 0) state.hosts.put(hosts);
  const foreign = bound.length === 0 ? [] : hosts.filter((host) => !bound.includes(host));
  if (foreign.length === 0) return;
  throw new VarvelError(
    'conflict',
    `The environment “${environment.name}” was set up for ${bound.join(', ')}, not for ${foreign.join(', ')}.`,
    'Give the environment file another name. Keys stay with the hosts they were stored for.',
  );
}
