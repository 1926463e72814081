import { setTimeout as sleep } from 'node:timers/promises';
import { hasCode, VarvelError } from '../../../core/model/error.ts';
import { checkAlias } from '../../../core/model/fal/alias.ts';
import { joinKey, type Scope } from '../../../core/model/fal/key.ts';
import { holdsSecret } from '../../../core/model/fal/misplaced-secret.ts';
import type { TemporaryKey } from '../../../core/model/fal/temporary-key.ts';
import { localTime } from '../../../core/model/local-time.ts';
import type { Profile } from '../../../core/model/profile.ts';
import type { Varvel } from '../../../core/varvel.ts';
import type { Context } from '../../framework/command.ts';
import type { CommandOutput } from '../../framework/output/output.ts';
import { chosenProfile } from '../profiles/chosen-profile.ts';

export interface TemporaryRun {
  program: string;
  profile: string | undefined;
  account: string | undefined;
  scope: Scope;
  ttlMs: number;
  /** Runs the command with variables, and says its process id. @returns its exit code */
  run(variables: Record<string, string>, onStart: (pid: number) => void): Promise<number>;
}

/** How long to wait at most before the time is compared again, in milliseconds: a machine may have slept. */
const lookMs = 30_000;

/** How soon to try again to revoke a key whose time is over, in milliseconds. */
const retryMs = 15_000;

/**
 * Creates a key, runs a command with it, and revokes the key when the command has ended or the key's time is over. The
 * secret is in the command's environment only.
 * @returns the command's exit code
 */
export async function runTemporary(
  varvel: Varvel,
  context: Context,
  { program, profile: named, account, scope, ttlMs, run }: TemporaryRun,
): Promise<number> {
  const { output, signal } = context;
  if (named !== undefined && account !== undefined)
    throw new VarvelError('usage', 'Use either --profile or --account.', '');
  const profile = account === undefined ? profileOf(varvel, context, named) : null;
  if (profile?.account === null && (profile.keyId !== null || profile.host !== null))
    throw withoutAccount(profile.name);
  output.progress('Creating a temporary key…');
  const { key, parts } = await varvel.temporaryKeys.createIn(
    account ?? profile?.account?.id ?? null,
    { name: nameOf(program), scope, ttlMs },
    signal,
  );
  output.clearProgress();
  const ended = new AbortController();
  void revokeInTime(varvel, key, { output, ended: ended.signal });

  try {
    varvel.exports.log({ ...key, id: parts.id }, 'ran', program);
    const variables = { FAL_KEY: joinKey(parts), ...(profile?.host && { FAL_HOST: profile.host }) };
    return await run(variables, (pid) => hold(varvel, key, pid));
  } finally {
    ended.abort();
    await revokeNow(varvel, key, output, signal);
  }
}

/** The active profile, whose account and host count; null when none is chosen. */
function profileOf(varvel: Varvel, context: Context, named: string | undefined): Profile | null {
  try {
    return chosenProfile(varvel, context, named).profile;
  } catch (error) {
    if (hasCode(error, 'not_found') && error.hint.action === 'choose_profile') return null;
    throw error;
  }
}

/** The usual account's key would go to the profile's host, and another account pay. */
const withoutAccount = (profile: string) =>
  new VarvelError(
    'not_found',
    `Varvel doesn’t know yet which account profile “${profile}” is of.`,
    `Run \`varvel keys test ${profile}\`, or choose an account with --account.`,
  );

/** The program's file name, as the beginning of an alias. */
function nameOf(program: string): string {
  const name = program.replace(/^.*[/\\]/s, '').replace(/\p{Cc}/gu, ' ');
  const isName = name.trim() !== '' && !holdsSecret(name);
  return isName ? checkAlias([...name].slice(0, 100).join('')) : 'command';
}

/**
 * Revokes a key when its time is over, until its command has ended. The command still runs, so this machine's clock alone
 * doesn't count: the key isn't ended here, and `revokeDue` asks fal for the time. It tries again until the key is gone: the
 * command may go on for hours, and nobody else may come by.
 */
async function revokeInTime(
  varvel: Varvel,
  key: TemporaryKey,
  { output, ended }: { output: CommandOutput; ended: AbortSignal },
): Promise<void> {
  let isSaid = false;
  const pause = (ms: number) => sleep(ms, undefined, { signal: ended }).catch(() => undefined);
  while (!ended.aborted) {
    const left = key.expiresAt - Date.now();
    if (left > 0) {
      await pause(Math.min(left, lookMs));
      continue;
    }
    const kept = await revokeDue(varvel, key);
    if (ended.aborted) return;
    if (kept === null) {
      output.warn('The time of the temporary key is over, so it is revoked. The command goes on without it.');
      return;
    }
    if (kept.problem !== null && !isSaid) {
      sayNotRevoked(key, kept.problem, output);
      isSaid = true;
    }
    await pause(retryMs);
  }
}

/** Revokes a key if it is due. @returns null once it is gone, else what stopped it, if anything did */
async function revokeDue(
  varvel: Varvel,
  { alias }: TemporaryKey,
  signal?: AbortSignal,
): Promise<{ problem: string | null } | null> {
  try {
    await varvel.temporaryKeys.revokeDue(signal);
    return varvel.temporaryKeys.all().find((key) => key.alias === alias) ?? null;
  } catch (error) {
    if (!(error instanceof VarvelError)) throw error;
    return { problem: error.message };
  }
}

/** Without a database that can be written, this process holds the key. */
function hold(varvel: Varvel, key: TemporaryKey, pid: number): void {
  try {
    varvel.temporaryKeys.holdBy(key, pid);
  } catch (error) {
    if (!(error instanceof VarvelError)) throw error;
  }
}

/**
 * Revokes a key whose command has ended, whatever any clock says. Never a failure: the command's exit code counts, and the
 * next Varvel tries again.
 */
async function revokeNow(
  varvel: Varvel,
  key: TemporaryKey,
  output: CommandOutput,
  signal?: AbortSignal,
): Promise<void> {
  try {
    varvel.temporaryKeys.end(key);
    const kept = await revokeDue(varvel, key, signal);
    if (kept) sayNotRevoked(key, kept.problem, output);
  } catch (error) {
    if (!(error instanceof VarvelError)) throw error;
    sayNotRevoked(key, error.message, output);
  }
}

const sayNotRevoked = (
  { keyId, alias, account, expiresAt }: TemporaryKey,
  why: string | null,
  output: CommandOutput,
) =>
  output.warn(
    [
      `The temporary key ${keyId ?? alias} isn’t revoked yet.`,
      why,
      `The next Varvel command here does it; one of another machine that is signed in to ${account.nickname}, from ${localTime(expiresAt)} on.`,
    ]
      .filter(Boolean)
      .join(' '),
  );
