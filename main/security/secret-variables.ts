import { withoutSecrets } from '../../core/model/fal/key.ts';

/** Names of variables that may hold a secret, also other programs'. */
const names = /PASS|SECRET|TOKEN|CREDENTIAL|(?:^|_)(?:API)?KEY(?:_|$)/i;

/**
 * Takes what may be a secret out of this process's variables: Electron hands them to the preload of each page.
 * Source: `process.env` of a sandboxed preload is a copy of the main process's.
 * @returns all variables as they were
 */
export function takeSecrets(variables: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const all = { ...variables };
  for (const [name, value = ''] of Object.entries(all))
    if (names.test(name) || withoutSecrets(value) !== value) delete variables[name];
  return all;
}
