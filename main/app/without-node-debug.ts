import { spawn } from 'node:child_process';
import { VarvelError } from '../../core/model/error.ts';

/** With these, Node writes all that it sends to stderr, keys too. It reads them before the first line of a program. */
const variables = ['NODE_DEBUG', 'NODE_DEBUG_NATIVE'];

/**
 * Starts the program anew without the variables that make Node write what it sends, if one is set.
 * @returns whether it did: this process must then end
 * @throws VarvelError `refused` when it can't be started
 */
export function startedWithoutNodeDebug(env: NodeJS.ProcessEnv): boolean {
  if (!variables.some((name) => env[name])) return false;
  const kept = Object.entries(env).filter(([name]) => !variables.includes(name.toUpperCase()));
  // an AppImage's files are there only while it runs
  const { pid } = spawn(env.APPIMAGE || process.execPath, process.argv.slice(1), {
    env: Object.fromEntries(kept),
    stdio: 'inherit',
    detached: true,
  });
  if (pid !== undefined) return true;
  throw new VarvelError(
    'refused',
    'NODE_DEBUG is set. With it, Varvel’s keys would be written to the terminal or the system’s log.',
    'Unset it and NODE_DEBUG_NATIVE, and start Varvel again.',
  );
}
