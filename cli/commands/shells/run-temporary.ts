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
  output.progress('Creating a temporary key…');
  const { key, parts } = await varvel.temporaryKeys.createIn(
    account ?? profile?.account?.id ?? null,
    { name: nameOf(program), scope, ttlMs },
    signal,
  );
  output.clearProgress();
  let ended = false;
  const alarm = wakeAt(key.expiresAt, async () => {
    await revoke(varvel, key, output);
    output.warn('The time of the temporary key is over, so it is revoked. The command goes on without it.');
    // offline, or after a sleep: the command may go on for hours, and nobody else may come by
    while (!ended && isLeft(varvel, key)) {
      await sleep(retryMs);
      await varvel.temporaryKeys.revokeDue().catch(() => undefined);
    }
  });

  try {
    varvel.exports.log({ ...key, id: parts.id }, 'ran', program);
    const variables = { FAL_KEY: joinKey(parts), ...(profile?.host && { FAL_HOST: profile.host }) };
    return await run(variables, (pid) => hold(varvel, key, pid));
  } finally {
    ended = true;
    alarm.stop();
    await revoke(varvel, key, output, signal);
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

/** The program's file name, as the beginning of an alias. */
function nameOf(program: string): string {
  const name = program.replace(/^.*[/\\]/s, '').replace(/\p{Cc}/gu, ' ');
  const isName = name.trim() !== '' && !holdsSecret(name);
  return isName ? checkAlias([...name].slice(0, 100).join('')) : 'command';
}

/** Does something at a time, in milliseconds since 1970, unless it is stopped before. */
function wakeAt(time: number, work: () => Promise<void>): { stop(): void } {
  let timer: NodeJS.Timeout;
  const wait = () => {
    const left = time - Date.now();
    timer = setTimeout(
      () => (Date.now() >= time ? void work() : wait()),
      Math.min(Math.max(left, 0), lookMs),
    );
  };
  wait();
  return { stop: () => clearTimeout(timer) };
}

const isLeft = (varvel: Varvel, { alias }: TemporaryKey): boolean =>
  varvel.temporaryKeys.all().some((key) => key.alias === alias);

/** Without a database that can be written, this process holds the key. */
function hold(varvel: Varvel, key: TemporaryKey, pid: number): void {
  try {
    varvel.temporaryKeys.holdBy(key, pid);
  } catch (error) {
    if (!(error instanceof VarvelError)) throw error;
  }
}

/** Never a failure: the command's exit code counts, and the next Varvel tries again. */
async function revoke(
  varvel: Varvel,
  key: TemporaryKey,
  output: CommandOutput,
  signal?: AbortSignal,
): Promise<void> {
  try {
    varvel.temporaryKeys.end(key);
    await varvel.temporaryKeys.revokeDue(signal);
    const left = varvel.temporaryKeys.all().find(({ alias }) => alias === key.alias);
    if (left) sayNotRevoked(key, left.problem, output);
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
