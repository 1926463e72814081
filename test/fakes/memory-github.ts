import { githubPlace } from '../../core/model/machine/github-secret.ts';
import type { Github } from '../../core/ports.ts';

/** A GitHub in memory, and the secrets that it has. */
export function createMemoryGithub(): Github & { held: Map<string, string> } {
  const held = new Map<string, string>();
  const nameOf = (target: Parameters<Github['deleteSecret']>[0]) =>
    `${target.variable} ${githubPlace(target)}`;
  return {
    held,
    setSecret: async (target, value) => void held.set(nameOf(target), value),
    deleteSecret: async (target) => void held.delete(nameOf(target)),
  };
}
