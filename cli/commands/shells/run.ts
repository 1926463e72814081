import { hasCode, VarvelError } from '../../../core/model/error.ts';
import { type StoredKey, scopes } from '../../../core/model/fal/key.ts';
import type { Profile } from '../../../core/model/profile.ts';
import { defaultTtlMs, parseTtl } from '../../../core/temporary/ttl.ts';
import type { Varvel } from '../../../core/varvel.ts';
import { forcesUser, hostVariables, otherHosts } from '../../../core/which/hosts.ts';
import { inexactTexts } from '../../../platform/process/exact-text.ts';
import { exec, runChild } from '../../../platform/process/exec.ts';
import { changedVariables } from '../../../platform/process/variables.ts';
import { searchVariables } from '../../../platform/process/windows-search.ts';
import { type Context, defineCommand } from '../../framework/command.ts';
import { accountOption, profileOption } from '../../framework/name-options.ts';
import type { CommandOutput } from '../../framework/output/output.ts';
import { report } from '../../framework/report.ts';
import { chosenProfile } from '../profiles/chosen-profile.ts';

export const command = defineCommand({
  summary: 'Run a command with a profile’s key',
  details:
    'Runs the command with FAL_KEY set to the profile’s key. No secret is written to disk. What would contradict the key is removed from its environment: FAL_KEY_ID, FAL_KEY_SECRET, FAL_FORCE_AUTH_BY_USER, and FAL_HOST and the other host variables unless the profile sets them. So is VARVEL_PASSPHRASE. Exit code and signals pass through. 127 means that the command isn’t there, 126 that it can’t be run.\n\nWith --temporary, the command gets a key of its own in the profile’s account. Varvel waits for the command and then revokes that key; after --ttl it revokes it anyway. If Varvel is killed or fal can’t be reached, the next Varvel revokes it. That needs a sign-in, or an ADMIN key of the account.',
  examples: [
    'varvel run -p staging -- python train.py',
    'varvel run --account falconers -- fal deploy',
    'varvel run --temporary --ttl 30m -- python train.py',
  ],
  doesDueWork: false,
  options: {
    profile: profileOption('the profile to use (default: the active one)'),
    account: accountOption('use a profile or key of this account'),
    temporary: { type: 'boolean', describe: 'create a key for this command, and revoke it afterwards' },
    ttl: {
      type: 'string',
      value: 'TIME',
      describe: 'how long a temporary key lives at most: 90s, 30m, 2h, 7d (default: 2h)',
    },
    scope: { type: 'string', choices: scopes, describe: 'what a temporary key can do (default: API)' },
  },
  positionals: [{ name: '-- COMMAND', rest: true }],
  async run(context, { profile: named, account, temporary, ttl, scope }, words) {
    const { open, env, output } = context;
    const [program, ...rest] = words;
    const separator = process.argv.indexOf('--');
    const before = separator < 0 ? words.length : words.length - (process.argv.length - separator - 1);
    if (before > 0 && separator >= 0) {
      throw new VarvelError(
        'usage',
        `Unexpected argument “${words[0]}” before --.`,
        `To use a profile: varvel run -p ${words[0]} -- COMMAND`,
      );
    }
    if (program === undefined || separator < 0) {
      throw new VarvelError(
        'usage',
        'No command given.',
        'Add it after --, for example: varvel run -p PROFILE -- python train.py',
      );
    }
    const [, assigned] = program.match(/^([A-Za-z_]\w*)=/) ?? [];
    if (assigned !== undefined) {
      throw new VarvelError(
        'usage',
        `${assigned}=… is not a command: only a shell sets a variable like this.`,
        `Let \`env\` set it: varvel run -- env ${assigned}=VALUE COMMAND`,
      );
    }
    if (!temporary && (ttl !== undefined || scope !== undefined)) {
      throw new VarvelError('usage', '--ttl and --scope are for temporary keys.', 'Add --temporary.');
    }
    const ttlMs = ttl === undefined ? defaultTtlMs : parseTtl(ttl);
    const [inexact] = inexactTexts(
      'variables',
      Object.entries(env).map(([name, value]) => `${name}=${value}`),
    );
    if (inexact !== undefined)
      output.warn(`${inexact.split('=', 1)[0]} isn’t UTF-8: the command gets it changed.`);
    const varvel = await open();
    const envWith = (variables: Record<string, string>) =>
      changedVariables(env, [...notForTheCommand, ...searchVariables()], {
        ...debuggingVariables(env),
        ...variables,
      });
    if (temporary) {
      const { runTemporary } = await import('./run-temporary.ts');
      return runTemporary(varvel, context, {
        program,
        profile: named,
        account,
        scope: scope === 'ADMIN' ? 'ADMIN' : 'API',
        ttlMs,
        run(variables, onStart) {
          sayRemoved(output, env, variables.FAL_HOST ?? null);
          return orNotRun(output, () =>
            runChild(program, rest, envWith({ ...variables, ...byHand }), onStart),
          );
        },
      });
    }
    const chosen = await chosenOf(varvel, context, named, account);
    const variables =
      'name' in chosen ? await varvel.exports.variables(chosen) : await varvel.exports.variablesOfKey(chosen);
    varvel.exports.log(chosen, 'ran', program);
    varvel.close();
    sayRemoved(output, env, 'name' in chosen ? chosen.host : null);
    const isChosen = named !== undefined || account !== undefined;
    return orNotRun(output, () => exec(program, rest, envWith({ ...variables, ...(isChosen && byHand) })));
  },
});

/** Tells the hook of a shell that is started so that this key was chosen for it: it follows no switch. */
const byHand = { VARVEL_HOOK_KEY: ':hand' };

/** What a shell exits with for a command that isn't there, and for one that can't be run. POSIX, 2.8.2. */
const notThere = 127;
const notRunnable = 126;

/** Could contradict the profile's key, opens the vault, or belongs to a shell's hook. */
const notForTheCommand: readonly string[] = [
  'FAL_KEY_ID',
  'FAL_KEY_SECRET',
  'FAL_FORCE_AUTH_BY_USER',
  ...hostVariables,
  'VARVEL_PASSPHRASE',
  'VARVEL_IGNORED',
  'VARVEL_NODE_DEBUG',
  'VARVEL_NODE_DEBUG_NATIVE',
  'VARVEL_HOOK_BEFORE',
  'VARVEL_HOOK_HOST',
  'VARVEL_HOOK_HOST_BEFORE',
];

/** What the launcher keeps from Varvel's own Node, which would write keys to stderr. It is meant for the command. */
function debuggingVariables(env: NodeJS.ProcessEnv): Record<string, string> {
  const { VARVEL_NODE_DEBUG: js, VARVEL_NODE_DEBUG_NATIVE: native } = env;
  return { ...(js && { NODE_DEBUG: js }), ...(native && { NODE_DEBUG_NATIVE: native }) };
}

/** A shell's exit codes for a command that can't be started. */
async function orNotRun(output: CommandOutput, work: () => Promise<number>): Promise<number> {
  try {
    return await work();
  } catch (error) {
    if (!hasCode(error, 'not_found', 'refused')) throw error;
    await report(error, output);
    return hasCode(error, 'not_found') ? notThere : notRunnable;
  }
}

/** Names what was set by hand and would have sent the key elsewhere, or made fal's tools ignore it. */
function sayRemoved(output: CommandOutput, env: NodeJS.ProcessEnv, host: string | null): void {
  const isOfHook = env.VARVEL_HOOK_HOST && env.FAL_HOST === env.VARVEL_HOOK_HOST;
  // the hook keeps the one that was set by hand before
  const byHand = isOfHook ? { ...env, FAL_HOST: env.VARVEL_HOOK_HOST_BEFORE } : env;
  const removed = [
    ...otherHosts(byHand, host).map(({ name, host: other }) => `${name} (${other})`),
    ...(forcesUser(env) ? ['FAL_FORCE_AUTH_BY_USER'] : []),
  ];
  if (removed.length > 0)
    output.warn(`The command runs without ${removed.join(', ')}: set here, but not by the profile.`);
}

/**
 * The active profile. With an account: its profile that was named, is current or is the only one; with
 * no profile of that account, its key.
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
      `Profile “${named}” belongs to ${profile.account?.nickname ?? 'no account'}, not to ${nickname}.`,
      'Use either --profile or --account.',
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

/** The only key of an account; of an ADMIN and an API key, the API key. */
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
    `No profile or key of ${nickname} here.`,
    `Create one with \`varvel keys create ALIAS --account ${nickname} --profile NAME\`.`,
  );
}

const several = (what: 'profiles' | 'keys', names: string[], nickname: string) =>
  new VarvelError(
    'ambiguous',
    `${nickname} has several ${what}: ${names.join(', ')}.`,
    what === 'profiles'
      ? 'Choose one with --profile.'
      : 'Create a profile for one: varvel profiles create NAME key=KEY',
  );
