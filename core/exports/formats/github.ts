import { VarvelError } from '../../model/error.ts';
import type { FileLine } from './format.ts';

/**
 * GitHub Actions' $GITHUB_ENV (“Workflow commands”, multiline strings): the value stands as it is between two lines of
 * a delimiter that nobody can guess, so that no value can end it early.
 * @throws VarvelError `invalid` for a name that GitHub keeps for itself
 */
export const github: FileLine = (name, value) => {
  if (/^(GITHUB|RUNNER)_|^(CI|NODE_OPTIONS)$/i.test(name)) {
    throw new VarvelError('invalid', `GitHub doesn't let a workflow set ${name}.`, {
      terminal: 'Choose another name with --name.',
      window: 'Choose another name for the variable.',
    });
  }
  let delimiter: string;
  do delimiter = `varvel_${crypto.randomUUID()}`;
  while (value.includes(delimiter));
  return `${name}<<${delimiter}\n${value}\n${delimiter}`;
};
