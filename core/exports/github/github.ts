import { hasCode, VarvelError } from '../../model/error.ts';
import {
  type GithubSecret,
  type GithubSecretView,
  type GithubTarget,
  githubPlace,
} from '../../model/machine/github-secret.ts';
import type { Profile } from '../../model/profile.ts';
import type { Ports } from '../../ports.ts';
import { profileNow } from '../profile-now.ts';
import { checkVariableName } from '../under-name.ts';
import { checkVariable } from '../variable.ts';
import { inGithubTurn } from './github-turn.ts';

/** What exporting to GitHub needs of other exports. */
export interface GithubParts {
  variables(profile: Profile): Promise<{ FAL_KEY: string }>;
  log(profile: Profile, kind: 'exported', detail: string): void;
}

export type GithubExports = ReturnType<typeof createGithubExports>;

/** Gives profiles' keys to GitHub Actions, as secrets of repositories and of their environments. */
export function createGithubExports(
  { state, clock, github, locks }: Pick<Ports, 'state' | 'clock' | 'github' | 'locks'>,
  { variables, log }: GithubParts,
) {
  const { githubSecrets } = state;

  /** Records what a secret is about to get: the key that the profile has at the moment of recording. */
  async function begin(name: string, target: GithubTarget) {
    for (;;) {
      const profile = profileNow(state, name);
      const { FAL_KEY: value } = await variables(profile);
      checkVariable(target.variable, value);
      const secret: GithubSecret = {
        ...target,
        profile: name,
        keyId: profile.keyId ?? '',
        at: clock.now(),
      };
      const isRecorded = state.transaction(() => {
        // a rotation that replaced it meanwhile has looked for secrets before this one
        if (state.profiles.get(name)?.keyId !== secret.keyId) return false;
        const before = githubSecrets.get(target);
        githubSecrets.put(secret);
        if (before && before.keyId !== secret.keyId) githubSecrets.doubt(target, before.keyId);
        return true;
      });
      if (isRecorded) return { profile, secret, value };
    }
  }

  return {
    /** The secrets that a key was exported to; with null, those of all keys. */
    list: (keyId: string | null): GithubSecretView[] =>
      githubSecrets
        .all()
        .filter((secret) => keyId === null || secret.keyId === keyId)
        .map((secret) => ({
          ...secret,
          state: state.profiles.get(secret.profile)?.keyId === secret.keyId ? 'fresh' : 'stale',
        })),

    /**
     * Sets a secret to the key that a profile has when it is the secret's turn. It is recorded before: after a crash in
     * between, nobody takes it for gone.
     * @throws VarvelError `invalid` for a name that GitHub doesn't take, `not_found`, `state_busy`, `vault_*`, as Github.setSecret
     */
    async set({ name }: Profile, given: GithubTarget, signal?: AbortSignal): Promise<GithubSecret> {
      const target = checked(given);
      return inGithubTurn(locks, target, () => setNow(name, target, signal), signal);
    },

    /**
     * Deletes a secret that Varvel has set.
     * @throws VarvelError `not_found` when Varvel didn't set it, `state_busy`, as Github.deleteSecret
     */
    async remove(given: GithubTarget, signal?: AbortSignal): Promise<GithubSecret> {
      const target = checked(given);
      return inGithubTurn(locks, target, () => removeNow(target, signal), signal);
    },
  };

  async function setNow(name: string, target: GithubTarget, signal?: AbortSignal): Promise<GithubSecret> {
    const before = githubSecrets.get(target);
    const { profile, secret, value } = await begin(name, target);
    try {
      await github.setSecret(target, value, signal);
    } catch (error) {
      // else GitHub may have it: a rotation must set it again
      if (hasCode(error, 'not_found', 'not_signed_in', 'refused', 'invalid')) {
        if (before) githubSecrets.put(before);
        else githubSecrets.remove(target);
      }
      throw error;
    }
    githubSecrets.settle(target);
    log(profile, 'exported', `${target.variable} to GitHub, ${githubPlace(target)}`);
    return secret;
  }

  async function removeNow(target: GithubTarget, signal?: AbortSignal): Promise<GithubSecret> {
    const secret = githubSecrets.get(target);
    if (!secret)
      throw new VarvelError(
        'not_found',
        `Varvel has set no secret ${target.variable} of ${githubPlace(target)}.`,
        { action: 'find_exports' },
      );
    await github.deleteSecret(secret, signal);
    githubSecrets.remove(secret);
    return secret;
  }
}

/** Owner, repository, and before them a host that isn't github.com. */
const repositoryForm = /^(?:([\w.-]+\.[\w-]+(?::\d+)?)\/)?([A-Za-z0-9][\w-]{0,99})\/([\w.-]{1,100})$/;

/** @throws VarvelError `invalid` for names that GitHub doesn't take */
function checked({ repository, environment, variable }: GithubTarget): GithubTarget {
  const [, host, owner = '', name = ''] = repository.match(repositoryForm) ?? [];
  if (owner === '' || /^\.{1,2}$/.test(name))
    throw new VarvelError(
      'invalid',
      `“${repository.slice(0, 80)}” is not a GitHub repository.`,
      'Enter its owner and name, such as acme/shop.',
    );
  if (
    environment !== null &&
    (environment.trim() === '' || /[\p{Cc}]/u.test(environment) || environment.length > 255)
  )
    throw new VarvelError(
      'invalid',
      `“${environment.slice(0, 80)}” is not the name of a GitHub environment.`,
      'The repository’s settings list its environments.',
    );
  checkVariableName(variable);
  checkVariable(variable, '');
  if (/^GITHUB_/i.test(variable))
    throw new VarvelError('invalid', `${variable} can’t be a secret: GitHub keeps that name for itself.`, {
      action: 'choose_variable_name',
    });
  const isElsewhere = host !== undefined && host.toLowerCase() !== 'github.com';
  return { repository: `${isElsewhere ? `${host}/` : ''}${owner}/${name}`, environment, variable };
}
