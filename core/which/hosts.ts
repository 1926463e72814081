/** The variables that move fal's hosts, strongest first. Source: fal/protocol, “The official CLI and clients”. */
export const hostVariables = [
  'FAL_GRPC_HOST',
  'FAL_HOST',
  'FAL_REST_HOST',
  'FAL_RUN_HOST',
  'FAL_QUEUE_RUN_HOST',
] as const;
export type HostVariable = (typeof hostVariables)[number];

type Variables = Record<string, string | undefined>;

/** A variable that sends a profile's key to a host that the profile doesn't name. */
export interface OtherHost {
  name: HostVariable;
  host: string;
}

/** Without what Varvel's hook has set: FAL_HOST for the current profile, which it takes away again. */
function handSet(name: HostVariable, variables: Variables): string | undefined {
  const isOurs = name === 'FAL_HOST' && variables.FAL_HOST === (variables.VARVEL_HOOK_HOST || undefined);
  return isOurs ? undefined : variables[name];
}

/**
 * The variables set by hand that contradict a profile's host.
 * @param host the profile's; null for fal's own
 */
export const otherHosts = (variables: Variables, host: string | null): OtherHost[] =>
  hostVariables.flatMap((name) => {
    const set = handSet(name, variables);
    const isSame = set === host && (name === 'FAL_HOST' || name === 'FAL_GRPC_HOST');
    return set && !isSame ? [{ name, host: set }] : [];
  });

/** Makes fal's CLI and fal_client act as the signed-in user, whatever key there is. */
export const forcesUser = (variables: Variables): boolean => variables.FAL_FORCE_AUTH_BY_USER === '1';

/** One place that a host can come from, in order of priority. */
export interface HostLink {
  source: HostVariable | 'fal profile' | 'fal';
  /** Null when nothing is set there. */
  value: string | null;
  wins: boolean;
  /** One sentence. */
  reason: string;
}

/**
 * Where fal's tools send a key from here: the CLI's gRPC host, then the other hosts, which override one each.
 * @param profile the profile that the fal CLI uses
 */
export function hostChain(
  variables: Variables,
  profile: { name: string; host: string | null } | null,
): HostLink[] {
  const first = [variables.FAL_GRPC_HOST, variables.FAL_HOST, profile?.host].findIndex(Boolean);
  const variable = (name: HostVariable, place: number): HostLink => {
    const value = variables[name] || null;
    const wins = place === first;
    const reason = value === null ? 'Not set.' : wins ? 'Set in this shell.' : 'FAL_GRPC_HOST comes first.';
    return { source: name, value, wins, reason };
  };
  const ofProfile = profile?.host ?? null;
  return [
    variable('FAL_GRPC_HOST', 0),
    variable('FAL_HOST', 1),
    {
      source: 'fal profile',
      value: ofProfile,
      wins: first === 2,
      reason:
        ofProfile === null
          ? 'The fal CLI’s profile has no host.'
          : first === 2
            ? `The fal CLI’s profile “${profile?.name}” has it.`
            : `${first === 0 ? 'FAL_GRPC_HOST' : 'FAL_HOST'} comes first.`,
    },
    { source: 'fal', value: null, wins: first < 0, reason: 'fal’s own host.' },
    ...(['FAL_REST_HOST', 'FAL_RUN_HOST', 'FAL_QUEUE_RUN_HOST'] as const).map((name): HostLink => {
      const value = variables[name] || null;
      return {
        source: name,
        value,
        wins: value !== null,
        reason: value === null ? 'Not set.' : 'Set in this shell, for its requests only.',
      };
    }),
  ];
}
