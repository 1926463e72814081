import { type GithubTarget, githubPlace } from '../../model/machine/github-secret.ts';
import type { Locks } from '../../ports.ts';
import { shortHash } from '../../short-hash.ts';

/** How long to wait for another process, in milliseconds: longer than gh may take. */
const waitMs = 90_000;

/**
 * Sets or deletes a secret while no other process does, so that its record says what GitHub got last.
 * @throws VarvelError `state_busy`, `cancelled`, as `work`
 */
export async function inGithubTurn<T>(
  locks: Locks,
  target: GithubTarget,
  work: () => Promise<T>,
  signal?: AbortSignal,
): Promise<T> {
  // GitHub doesn't tell upper from lower case in names
  const subject = `${target.variable} ${githubPlace(target)}`.toLowerCase();
  return locks.exclusive(`github-${await shortHash(subject)}`, work, waitMs, signal);
}
