import { join } from 'node:path';
import type { HookShell } from '../core/model/hook-shell.ts';
import { open, type Place } from '../host/open.ts';
import { nearestPin } from '../platform/pins.ts';
import { signalName } from '../platform/state/signal.ts';
import { chosenProfile } from './chosen-profile.ts';
import type { Context } from './command.ts';
import { quotedFor } from './hook-script.ts';

/** What the hook calls the parts of the answer, in each shell. */
const names = {
  want: '_varvel_want',
  wantHost: '_varvel_want_host',
  name: '_varvel_name',
  file: '_varvel_file',
};
type Answer = Record<keyof typeof names, string>;

/**
 * What an open shell is to take up now, as lines that set the hook's own variables. Nothing is asked of the person:
 * a prompt that waits for a passphrase would be a trap.
 * @throws VarvelError when the profile in force can't be had; one that isn't there at all is no error
 */
export async function hookAnswer(
  shell: HookShell,
  place: Place,
  { env, cwd, output }: Pick<Context, 'env' | 'cwd' | 'output'>,
): Promise<string> {
  const varvel = await open({ place, env, ask: false, warn: output.warn });
  try {
    const file = join(place.folder, signalName);
    varvel.exports.tellShells();
    const isNone = !env.VARVEL_PROFILE && varvel.profiles.current() === null && nearestPin(cwd) === null;
    if (isNone) return lines(shell, { want: '', wantHost: '', name: '', file });
    const { profile } = chosenProfile(varvel, { env, cwd }, undefined);
    const { FAL_KEY, FAL_HOST = '' } = await varvel.exports.variables(profile);
    varvel.exports.log(profile, 'exported', `taken up by a prompt of ${shell}`);
    return lines(shell, { want: FAL_KEY, wantHost: FAL_HOST, name: profile.name, file });
  } finally {
    varvel.close();
  }
}

function lines(shell: HookShell, answer: Answer): string {
  const quoted = quotedFor[shell];
  const line = (part: keyof typeof names) => {
    const value = quoted(answer[part]);
    if (shell === 'fish') return `set -g ${names[part]} ${value}\n`;
    if (shell === 'pwsh') return `$global:VarvelHook.${part[0]?.toUpperCase()}${part.slice(1)} = ${value}\n`;
    return `${names[part]}=${value}\n`;
  };
  return (['want', 'wantHost', 'name', 'file'] as const).map(line).join('');
}
