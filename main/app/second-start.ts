import * as z from 'zod/mini';
import { falEnvironment } from '../../core/model/fal/fal-environment.ts';
import { chosenEnvironment } from '../../host/environment.ts';

const choices = z.object({
  environment: z.nullable(z.string()),
  vault: z.nullable(z.string()),
  profile: z.nullable(z.string()),
});

/** What a start's variables choose; null for each that they don't. A Varvel that runs keeps its own. */
export type StartChoices = z.infer<typeof choices>;

/** @throws VarvelError for an environment that isn't there */
export const startChoices = (env: NodeJS.ProcessEnv): StartChoices => ({
  environment: env.VARVEL_ENVIRONMENT ? chosenEnvironment(env).name : null,
  vault: env.VARVEL_VAULT || null,
  profile: env.VARVEL_PROFILE || null,
});

/** What the terminal is told of a start that another instance answers by showing its window. */
export function runsAlready(chosen: StartChoices): string {
  const hasChosen = Object.values(chosen).some((each) => each !== null);
  return `Varvel is already running.${hasChosen ? ' It keeps its environment, vault and profile.' : ''}`;
}

/**
 * What the window says when Varvel is started again with other choices than it has; null when there is nothing to say.
 * Without it, a real account could be taken for the sandbox.
 * @param current name of the environment that is shown, which may have been changed since the start
 * @param received what the second start has sent
 */
export function ignoredChoices(own: StartChoices, current: string, received: unknown): string | null {
  const decoded = z.safeParse(choices, received);
  if (!decoded.success) return null;
  const { environment, vault, profile } = decoded.data;
  // a start from the menu chooses nothing, and means fal only where the first start meant something else
  const wanted = environment ?? (own.environment === null ? current : falEnvironment.name);
  const ignored = [
    wanted !== current && `environment “${wanted}”`,
    vault !== null && vault !== own.vault && `vault “${vault}”`,
    profile !== null && profile !== own.profile && `profile “${profile}”`,
  ].filter((each) => each !== false);
  if (ignored.length === 0) return null;
  return `Varvel is already running, in the environment “${current}”. It ignored ${ignored.join(', ')}. To use that, quit Varvel and start it again.`;
}
