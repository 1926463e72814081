import { VarvelError } from '../../../core/model/error.ts';
import type { StoredKey } from '../../../core/model/key.ts';
import type { Profile } from '../../../core/model/profile.ts';
import type { Varvel } from '../../../core/varvel.ts';
import { exec } from '../../../platform/process/exec.ts';
import { type Context, defineCommand } from '../../framework/command.ts';
import { accountOption, profileOption } from '../../framework/name-options.ts';
import { chosenProfile } from '../profiles/chosen-profile.ts';

export const command = defineCommand({
  summary: 'Run a command with a profile’s key',
  details:
    'Runs the command with FAL_KEY set to the profile’s key; nothing is written to disk. FAL_KEY_ID and FAL_KEY_SECRET are taken out, since they could contradict it, and so is VARVEL_PASSPHRASE. Its exit code and signals pass through.',
  examples: ['varvel run -p staging -- python train.py', 'varvel run --account falconers -- fal deploy'],
  options: {
    profile: profileOption('the profile; the one in force when not given'),
    account: accountOption('a profile or a key of this account instead'),
  },
  positionals: [{ name: '-- COMMAND', rest: true }],
  async run(context, { profile: named, account }, words) {
    const { open, env } = context;
    const [program, ...rest] = words;
    const separator = process.argv.indexOf('--');
    const before = separator < 0 ? words.length : words.length - (process.argv.length - separator - 1);
    if (before > 0 && separator >= 0) {
      throw new VarvelError(
        'usage',
        `“${words[0]}” stands before --.`,
        `For a profile write: varvel run -p ${words[0]} -- COMMAND`,
      );
    }
    if (program === undefined || separator < 0) {
      throw new VarvelError(
        'usage',
        'Say what to run after --.',
        'For example: varvel run -p PROFILE -- python train.py',
      );
    }
    const varvel = await open();
    const chosen = await chosenOf(varvel, context, named, account);
    const variables =
      'name' in chosen ? await varvel.exports.variables(chosen) : await varvel.exports.variablesOfKey(chosen);
    varvel.exports.log(chosen, 'ran', program);
    varvel.close();
    return exec(program, rest, { ...withoutContradictions(env), ...variables });
  },
});

/** What would contradict the profile's key, what opens our vault, and the key that a shell's hook has put aside. */
const notForTheCommand = ['FAL_KEY_ID', 'FAL_KEY_SECRET', 'VARVEL_PASSPHRASE', 'VARVEL_HOOK_BEFORE'];

/** Nor a host that a shell's hook has set for another profile: that one would be sent this one's key. */
function withoutContradictions(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const kept = Object.fromEntries(Object.entries(env).filter(([name]) => !notForTheCommand.includes(name)));
  if (!env.VARVEL_HOOK_HOST || env.FAL_HOST !== env.VARVEL_HOOK_HOST) return kept;
  const { FAL_HOST: _ours, VARVEL_HOOK_HOST: _mark, VARVEL_HOOK_HOST_BEFORE: before, ...rest } = kept;
  return before ? { ...rest, FAL_HOST: before } : rest;
}

/**
 * The profile in force. With an account: the profile of that account that was named, is current or is the only one; with
 * no profile of it, its key.
 */
async function chosenOf(
  varvel: Varvel,
  context: Context,
  named: string | undefined,
  account: string | undefined,
): Promise<Profile | StoredKey> {
  if (account === undefined) return chosenProfile(varvel, context, named).profile;
  const { id, nickname } = await varvel.accounts.find(account, context.signal);
  if (named !== undefined) {
    const profile = varvel.profiles.get(named);
    if (profile.account?.id === id) return profile;
    throw new VarvelError(
      'conflict',
      `Profile ${named} belongs to ${profile.account?.nickname ?? 'no account'}, not to ${nickname}.`,
      'Leave one of --profile and --account out.',
    );
  }
  const profiles = varvel.profiles
    .list()
    .profiles.filter((profile) => profile.account?.id === id && profile.keyId !== null);
  const current = profiles.find(({ name }) => name === varvel.profiles.current());
  if (current) return current;
  const [only, another] = profiles;
  if (only && another)
    throw several(
      'profiles',
      profiles.map(({ name }) => name),
      nickname,
    );
  return only ?? keyOf(varvel, id, nickname);
}

/** The one key of an account; of an ADMIN and an API key the one that does for calls. */
function keyOf(varvel: Varvel, accountId: string, nickname: string): StoredKey {
  const all = varvel.keys.all(accountId);
  const api = all.filter(({ scope }) => scope !== 'ADMIN');
  const [only, another] = api.length > 0 ? api : all;
  if (only && !another) return only;
  if (only)
    throw several(
      'keys',
      all.map(({ id, alias }) => alias ?? id),
      nickname,
    );
  throw new VarvelError(
    'not_found',
    `No profile or key here is of ${nickname}.`,
    `Make one: varvel keys create ALIAS --account ${nickname} --profile NAME`,
  );
}

const several = (what: 'profiles' | 'keys', names: string[], nickname: string) =>
  new VarvelError(
    'ambiguous',
    `Several ${what} are of ${nickname}: ${names.join(', ')}.`,
    what === 'profiles'
      ? 'Say which with --profile.'
      : 'Make a profile of one: varvel profiles create NAME, then name it.',
  );
