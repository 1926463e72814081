import { join } from 'node:path';
import type { HookShell } from '../core/model/hook-shell.ts';
import { open, type Place } from '../host/open.ts';
import { nearestPin } from '../platform/pins.ts';
import { signalName } from '../platform/state/signal.ts';
import { chosenProfile } from './chosen-profile.ts';
import type { Context } from './command.ts';
import { quotedFor } from './hook-script.ts';
import { pinToWarnOf, sayPinWarnings } from './hook-warnings.ts';

/** What the hook calls the parts of the answer, in each shell. */
const names = {
  want: '_varvel_want',
  wantHost: '_varvel_want_host',
  name: '_varvel_name',
  file: '_varvel_file',
  said: '_varvel_said',
  told: '_varvel_told',
} as const;
type Part = keyof typeof names;
type Answer = Partial<Record<Part, string>>;

/**
 * What an open shell is to take up now, as lines that set the hook's own variables. Nothing is asked of the person:
 * a prompt that waits for a passphrase would be a trap. What is wrong with the folder's pin is said on stderr, each
 * matter once in a shell: it keeps what was said, and hands it in as VARVEL_HOOK_SAID.
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
    const none = { want: '', wantHost: '', name: '', file };
    if (isNone) return lines(shell, none);
    const pin = pinToWarnOf({ env, cwd });
    // another profile's key would be wrong. Whoever makes this one changes the file, and every shell asks again
    if (pin && !env.VARVEL_PROFILE && !varvel.profiles.names().includes(pin.profile)) {
      return lines(shell, { ...none, ...sayPinWarnings(varvel, pin, { env, output }) });
    }
    const { profile } = chosenProfile(varvel, { env, cwd }, undefined);
    const { FAL_KEY, FAL_HOST = '' } = await varvel.exports.variables(profile);
    varvel.exports.log(profile, 'exported', `taken up by a prompt of ${shell}`);
    const said = pin ? sayPinWarnings(varvel, pin, { env, output }) : {};
    return lines(shell, { want: FAL_KEY, wantHost: FAL_HOST, name: profile.name, file, ...said });
  } finally {
    varvel.close();
  }
}

function lines(shell: HookShell, answer: Answer): string {
  const quoted = quotedFor[shell];
  const line = (part: Part, text: string) => {
    const value = quoted(text);
    if (shell === 'fish') return `set -g ${names[part]} ${value}\n`;
    if (shell === 'pwsh') return `$global:VarvelHook.${part[0]?.toUpperCase()}${part.slice(1)} = ${value}\n`;
    return `${names[part]}=${value}\n`;
  };
  return (['want', 'wantHost', 'name', 'file', 'said', 'told'] as const)
    .map((part) => (answer[part] === undefined ? '' : line(part, answer[part])))
    .join('');
}
