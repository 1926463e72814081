import type { Input } from '../../contract/methods.ts';
import { render } from '../../core/exports/render.ts';
import { VarvelError } from '../../core/model/error.ts';
import type { Account, AccountName } from '../../core/model/fal/account.ts';
import type { ProfileChange } from '../../core/profiles/profiles.ts';
import type { Varvel } from '../../core/varvel.ts';
import type { HandlerContext, Handlers, MethodsOf } from './handler.ts';

export function profileHandlers(context: HandlerContext): Handlers<MethodsOf<'profiles'>> {
  const { session, face, secretCopy } = context;
  return {
    'profiles.list': ({ first }) => session.varvel().profiles.list(first),
    'profiles.read': ({ name }) => session.varvel().profiles.show(name),

    'profiles.create': async ({ name, change }) => {
      const varvel = session.varvel();
      return { followed: varvel.profiles.create(name, await changeOf(varvel, change)).accountFollowed };
    },

    'profiles.change': async ({ name, change }) => {
      const varvel = session.varvel();
      return { followed: varvel.profiles.set(name, await changeOf(varvel, change)).accountFollowed };
    },

    'profiles.rename': ({ from, to }) => {
      session.varvel().profiles.rename(from, to);
      return null;
    },

    'profiles.delete': ({ name }) => ({ wasCurrent: session.varvel().profiles.delete(name).wasCurrent }),

    'profiles.star': ({ name, starred }) => {
      session.varvel().profiles.star(name, starred);
      return null;
    },

    'profiles.switch': ({ name }) => {
      session.varvel().profiles.switchTo(name);
      return null;
    },

    'profiles.copyExport': async ({ name, shell }) => {
      const varvel = session.varvel();
      const profile = varvel.profiles.get(name);
      const wanted = shell ?? face.shell;
      const text = render(wanted, await varvel.exports.variables(profile));
      const seconds = await copySecret(secretCopy, text, varvel);
      varvel.exports.log(profile, 'exported', `copied for ${wanted}`);
      return { seconds };
    },

    'profiles.snippet': ({ name, language, model }) => {
      const varvel = session.varvel();
      return varvel.snippet(language, varvel.profiles.get(name).name, model);
    },
  };
}

/** Copies for the time in the settings. @throws VarvelError `usage` on a face without a clipboard */
export async function copySecret(
  secretCopy: HandlerContext['secretCopy'],
  text: string,
  varvel: Varvel,
): Promise<number> {
  if (!secretCopy) {
    throw new VarvelError(
      'usage',
      'The clipboard is not available here.',
      'Reveal the key and copy it from there.',
    );
  }
  const { clipboardSeconds } = varvel.settings.read();
  await secretCopy.copy(text, clipboardSeconds);
  return clipboardSeconds;
}

type Change = Input<'profiles.create'>['change'];

async function changeOf(
  varvel: Varvel,
  { keyId, accountId, host, color, note }: Change,
): Promise<ProfileChange> {
  return {
    ...(keyId !== undefined && { key: keyId === null ? null : varvel.keys.find(keyId) }),
    ...(accountId !== undefined && { account: await accountOf(varvel, accountId) }),
    ...(host !== undefined && { host }),
    ...(color !== undefined && { color }),
    ...(note !== undefined && { note }),
  };
}

const accountOf = async (varvel: Varvel, id: string | null): Promise<Account | AccountName | null> =>
  id === null ? null : varvel.accounts.find(id);
