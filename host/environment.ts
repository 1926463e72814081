import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { decodeEnvironment } from '../core/model/environment.ts';
import { VarvelError } from '../core/model/error.ts';
import { type Environment, falEnvironment } from '../core/model/fal-environment.ts';

/**
 * The environment that VARVEL_ENVIRONMENT says: `fal` when it says nothing, else the path of a file.
 * @throws VarvelError `invalid` for a file that is no environment, `not_found` for one that isn't there
 */
export function chosenEnvironment(env: NodeJS.ProcessEnv): Environment {
  const said = env.VARVEL_ENVIRONMENT;
  if (!said || said === falEnvironment.name) return falEnvironment;
  const path = resolve(said);
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (cause) {
    throw new VarvelError(
      'not_found',
      `VARVEL_ENVIRONMENT is “${said}”, and that file can't be read.`,
      'Set it to the path that `varvel sandbox` prints, or unset it to use fal.',
      { cause },
    );
  }
  return decodeEnvironment(text, path);
}
