import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { VarvelError } from '../core/model/error.ts';
import { decodeEnvironment } from '../core/model/fal/environment.ts';
import { type Environment, falEnvironment } from '../core/model/fal/fal-environment.ts';
import { openHome } from '../platform/places/home.ts';

/** The file of a named environment. */
export const namedEnvironmentPath = (env: NodeJS.ProcessEnv, name: string): string =>
  join(openHome({ variables: env }).folder, 'environments', `${name}.json`);

/**
 * The environment from VARVEL_ENVIRONMENT: `fal` by default, a name (`sandbox` while one runs)
 * or a file's path (a single word is a name).
 * @throws VarvelError `invalid` for a file that is not an environment, `not_found` for a missing one
 */
export function chosenEnvironment(env: NodeJS.ProcessEnv): Environment {
  const wanted = env.VARVEL_ENVIRONMENT;
  if (!wanted || wanted === falEnvironment.name) return falEnvironment;
  const isName = /^[a-z0-9-]+$/.test(wanted);
  const path = isName ? namedEnvironmentPath(env, wanted) : resolve(wanted);
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (cause) {
    throw new VarvelError(
      'not_found',
      `VARVEL_ENVIRONMENT is set to “${wanted}”, but ${isName ? 'there is no environment with that name' : 'that file can’t be read'}.`,
      { action: wanted === 'sandbox' ? 'start_sandbox' : 'set_environment' },
      { cause },
    );
  }
  return decodeEnvironment(text, path);
}
