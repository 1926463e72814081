import { VarvelError } from '../model/error.ts';

/** Variables that a shell or program reads for something else, which a key would break. */
const taken = [
  'PATH',
  'HOME',
  'SHELL',
  'USER',
  'LOGNAME',
  'PWD',
  'OLDPWD',
  'TERM',
  'LANG',
  'IFS',
  'ENV',
  'BASH_ENV',
  'PS1',
  'TMPDIR',
  'PROMPT_COMMAND',
  'LD_PRELOAD',
  'LD_LIBRARY_PATH',
  'NODE_OPTIONS',
  'PYTHONPATH',
  'FAL_HOST',
  'FAL_RUN_HOST',
  'FAL_QUEUE_RUN_HOST',
  'FAL_GRPC_HOST',
  'FAL_KEY_ID',
  'FAL_PROFILE',
  'FAL_FORCE_AUTH_BY_USER',
];

/** @throws VarvelError `invalid` for a variable that means something else */
export function checkVariableName(name: string): void {
  const upper = name.toUpperCase();
  if (!taken.includes(upper) && !/^(?:VARVEL|LC|LD|DYLD)_/.test(upper)) return;
  throw new VarvelError('invalid', `${name} can’t hold a key: programs read it for something else.`, {
    action: 'choose_variable_name',
  });
}

/**
 * The key under another variable's name. Leaves out the host, which would affect FAL_KEY too.
 * @throws VarvelError `invalid` for a variable that means something else
 */
export function underName(
  variables: { FAL_KEY: string } & Record<string, string>,
  name: string | undefined,
): Record<string, string> {
  if (name === undefined || name === 'FAL_KEY') return variables;
  checkVariableName(name);
  return { [name]: variables.FAL_KEY };
}
