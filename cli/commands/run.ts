import { VarvelError } from '../../core/model/error.ts';
import type { Profile } from '../../core/model/profile.ts';
import type { Varvel } from '../../core/varvel.ts';
import { become } from '../../platform/become.ts';
import { chosenProfile } from '../chosen-profile.ts';
import { type Context, defineCommand } from '../command.ts';
import { accountOption, profileOption } from '../name-options.ts';

export const command = defineCommand({
  summary: 'Run a command with a profile’s key',
  details:
    'Runs the command with FAL_KEY set to the profile’s key; nothing is written to disk. FAL_KEY_ID and FAL_KEY_SECRET are taken out, since they could contradict it, and so is VARVEL_PASSPHRASE. Its exit code and signals pass through.',
  examples: ['varvel run -p staging -- python train.py', 'varvel run --account falconers -- fal deploy'],
  options: {
    profile: profileOption('the profile; the one in force when not given'),
    account: accountOption('a profile of this account instead'),
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
    const profile = await profileOf(varvel, context, named, account);
    const variables = await varvel.exports.variables(profile);
    varvel.exports.log(profile, 'ran', program);
    varvel.close();
    return become(program, rest, { ...withoutContradictions(env), ...variables });
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

/** The profile in force; with an account, the profile of that account that was named or is the only one. */
async function profileOf(
  varvel: Varvel,
  context: Context,
  named: string | undefined,
  account: string | undefined,
): Promise<Profile> {
  if (account === undefined) return chosenProfile(varvel, context, named).profile;
  const { id, nickname } = await varvel.accounts.find(account, context.signal);
  const fitting = varvel.profiles
    .list()
    .profiles.filter((profile) => profile.account?.id === id && profile.keyId !== null);
  if (named !== undefined) {
    const profile = varvel.profiles.get(named);
    if (profile.account?.id === id) return profile;
    throw new VarvelError(
      'conflict',
      `Profile ${named} belongs to ${profile.account?.nickname ?? 'no account'}, not to ${nickname}.`,
      'Leave one of --profile and --account out.',
    );
  }
  const current = fitting.find(({ name }) => name === varvel.profiles.current());
  const [only, another] = fitting;
  if (current) return current;
  if (only && !another) return only;
  throw new VarvelError(
    only ? 'ambiguous' : 'not_found',
    only
      ? `Several profiles are of ${nickname}: ${fitting.map(({ name }) => name).join(', ')}.`
      : `No profile with a key is of ${nickname}.`,
    only
      ? 'Say which with --profile.'
      : `Make one: varvel keys create ALIAS --account ${nickname} --profile NAME`,
  );
}
