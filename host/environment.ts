import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { decodeEnvironment } from '../core/model/environment.ts';
import { VarvelError } from '../core/model/error.ts';
import { type Environment, falEnvironment } from '../core/model/fal-environment.ts';
import { openHome } from '../platform/files/home.ts';

/** Where an environment stands that VARVEL_ENVIRONMENT gives by its name. */
export const namedEnvironmentPath = (env: NodeJS.ProcessEnv, name: string): string =>
  join(openHome({ variables: env }).folder, 'environments', `${name}.json`);

/**
 * The environment that VARVEL_ENVIRONMENT says: `fal` when it says nothing, else a name (`sandbox` while one runs)
 * or the path of a file (a bare word is a name).
 * @throws VarvelError `invalid` for a file that is no environment, `not_found` for one that isn't there
 */
export function chosenEnvironment(env: NodeJS.ProcessEnv): Environment {
  const said = env.VARVEL_ENVIRONMENT;
  if (!said || said === falEnvironment.name) return falEnvironment;
  const isName = /^[a-z0-9-]+$/.test(said);
  const path = isName ? namedEnvironmentPath(env, said) : resolve(said);
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (cause) {
    throw new VarvelError(
      'not_found',
      `VARVEL_ENVIRONMENT is “${said}”, and ${isName ? 'there is no environment of that name' : "that file can't be read"}.`,
      { action: said === 'sandbox' ? 'start_sandbox' : 'set_environment' },
      { cause },
    );
  }
  return decodeEnvironment(text, path);
}
