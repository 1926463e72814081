import { join } from 'node:path';
import { type HookShell, shells } from '../../core/shells/shells.ts';
import { open, type Place } from '../../host/open.ts';
import { nearestPin } from '../../platform/places/nearest-pin.ts';
import { signalName } from '../../platform/state/signal.ts';
import { chosenProfile } from '../commands/profiles/chosen-profile.ts';
import type { Context } from '../framework/command.ts';
import { pinToWarnAbout, warnAboutPin } from './warnings.ts';

/** What an answer begins with: a shell may print something before it, and must evaluate none of that. */
const mark = 'varvel ';

/** The parts of an answer that are set by code, in this order. */
const parts = ['wantHost', 'name', 'file', 'said', 'told'] as const;
type Answer = { want: string } & Partial<Record<(typeof parts)[number], string>>;

/**
 * What an open shell has to use now: `varvel ` and the key, or nothing, on a line, then lines that set the hook's own variables. The key
 * is in no code, which a shell may show to a debugger or write to a log. It never prompts:
 * a shell prompt that waits for a passphrase would be a trap. It warns about the folder's pin on stderr, once
 * per shell and problem: the shell keeps what it was warned of, and passes it in VARVEL_HOOK_SAID.
 * @throws VarvelError when the active profile's key can't be read; having no profile is not an error
 */
export async function hookAnswer(
  shell: HookShell,
  place: Place,
  { env, cwd, output }: Pick<Context, 'env' | 'cwd' | 'output'>,
): Promise<string> {
  const varvel = await open({ place, face: 'terminal', env, ask: false, warn: output.warn });
  try {
    const file = join(place.folder, signalName);
    varvel.exports.notifyShells();
    const isNone = !env.VARVEL_PROFILE && varvel.profiles.current() === null && nearestPin(cwd()) === null;
    const none = { want: '', wantHost: '', name: '', file };
    if (isNone) return lines(shell, none);
    const pin = pinToWarnAbout({ env, cwd });
    // another profile's key would be wrong; creating this profile, or accepting its pin, makes every shell ask again
    const isMissing = pin !== null && !varvel.profiles.names().includes(pin.profile);
    if (pin && !env.VARVEL_PROFILE && (isMissing || varvel.pins.isForeign(pin))) {
      return lines(shell, { ...none, ...warnAboutPin(varvel, pin, { env, output }) });
    }
    const { profile } = chosenProfile(varvel, { env, cwd }, undefined);
    const { FAL_KEY, FAL_HOST = '' } = await varvel.exports.variables(profile);
    varvel.exports.log(profile, 'exported', `to a ${shell} prompt`);
    const said = pin ? warnAboutPin(varvel, pin, { env, output }) : {};
    return lines(shell, { want: FAL_KEY, wantHost: FAL_HOST, name: profile.name, file, ...said });
  } finally {
    varvel.close();
  }
}

function lines(shell: HookShell, answer: Answer): string {
  const { assign } = shells[shell].hook;
  const code = parts.map((part) => (answer[part] === undefined ? '' : `${assign(part, answer[part])}\n`));
  return `${mark}${answer.want}\n${code.join('')}`;
}
