import { otherSecretsMissing, secretMissing } from '../core/keys/missing.ts';
import { lockLine } from '../core/lock-doctor/explain.ts';
import { patternOfVerdict } from '../core/lock-doctor/name-lock.ts';
import { VarvelError } from '../core/model/error.ts';
import { connectionName } from '../core/model/fal/identity.ts';
import { type Hint, toHint } from '../core/model/hint.ts';
import { localTime } from '../core/model/local-time.ts';
import type { Check } from '../core/model/machine/doctor.ts';
import type { Varvel } from '../core/varvel.ts';
import { isOfHook } from '../core/which/facts.ts';
import { lookAtStartUpFiles } from '../platform/shells/start-up-files.ts';
import type { Place } from './open.ts';
import { version } from './version.ts';

type Name = Check['name'];
type Found = (check: Check) => void;

const well = (name: Name, message: string, names: string[] = []): Check => ({
  name,
  state: 'well',
  message,
  hint: { action: 'none' },
  names,
});
const note = (name: Name, message: string, hint: Hint | string, names: string[] = []): Check => ({
  name,
  state: 'note',
  message,
  hint: toHint(hint),
  names,
});
const broken = (name: Name, { code, message, hint }: VarvelError, names: string[] = []): Check => ({
  name,
  state: 'broken',
  message,
  hint,
  code,
  names,
});

export interface Examined {
  env: NodeJS.ProcessEnv;
  /** @throws VarvelError when there is none */
  place(): Place;
  /** @throws VarvelError when the database can't be opened */
  varvel(): Promise<Varvel>;
  /** Where other tools' projects are looked for. */
  folder(): string;
  /** Doesn't check fal's servers. */
  offline: boolean;
  /** Receives each check as soon as it is done. */
  found: Found;
}

/** Checks the data folder, the database, the vault, the sign-ins, fal's servers and the shell. */
export async function examine({ env, place, varvel, folder, offline, found }: Examined): Promise<void> {
  found(
    well(
      'program',
      `Varvel ${version} on Node ${process.versions.node}, ${process.platform} ${process.arch}`,
    ),
  );
  await check('data folder', found, async () => {
    const { folder, environment } = place();
    found(well('data folder', `${folder} (${environment.name})`));
  });
  const opened = await check('database', found, async () => {
    const core = await varvel();
    const { profiles, current } = core.profiles.list();
    found(
      well('database', `${count(profiles.length, 'profile')}, current: ${current ?? 'none'}`, [
        current ?? '',
      ]),
    );
    return core;
  });
  if (opened) {
    await check('activity', found, async () => checkActivity(opened, found));
    await check('vault', found, () => checkVault(opened, found));
    await check('rotations', found, () => checkRotations(opened, found));
    await check('keys', found, async () => checkKeys(opened, found));
    checkRefused(opened, found);
    checkSignIns(opened, found);
    if (!offline) await checkServers(opened, found);
    await check('tools', found, () => checkOtherTools(opened, folder(), found));
  }
  checkShell(env, found);
  checkStartUpFiles(env, found);
}

async function check<T>(name: Name, found: Found, work: () => Promise<T>): Promise<T | null> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof VarvelError)) throw error;
    found(broken(name, error));
    return null;
  }
}

const count = (many: number, noun: string, plural = `${noun}s`): string =>
  `${many} ${many === 1 ? noun : plural}`;

/** Says what another program did to the log. Not a fault to repair: it is what a person should know. */
function checkActivity(varvel: Varvel, found: Found): void {
  const { sealed, unsealed, changed, removed } = varvel.activity.check();
  if (changed + removed === 0) {
    found(
      well(
        'activity',
        `Nobody has changed the log of ${count(sealed + unsealed, 'activity', 'activities')}.`,
      ),
    );
    return;
  }
  const what = [
    ...(changed > 0 ? [`changed ${count(changed, 'line')}`] : []),
    ...(removed > 0 ? [`removed ${count(removed, 'line')}`] : []),
  ];
  found(
    note(
      'activity',
      `Another program ${what.join(' and ')} of the activity log.`,
      'Varvel never changes a line. If you don’t know what did, check who can use this account, and replace your keys.',
    ),
  );
}

async function checkVault(varvel: Varvel, found: Found): Promise<void> {
  await varvel.checkVault();
  const { recovered, withoutSecret } = await varvel.reconcile();
  const name = varvel.vault === 'keychain' ? 'The keychain' : 'The passphrase vault';
  found(well('vault', `${name} is unlocked; ${count(varvel.keys.all().length, 'key')}`));
  if (recovered.length) {
    found(
      note('vault', `Recovered ${count(recovered.length, 'key')} from the vault.`, { action: 'test_keys' }),
    );
  }
  for (const { id, alias } of withoutSecret.slice(0, mostSecrets)) {
    found(
      broken('vault', secretMissing(alias ?? id, { action: 'find_or_forget', keyId: id }), [alias ?? '']),
    );
  }
  const others = withoutSecret.length - mostSecrets;
  if (others > 0) found(broken('vault', otherSecretsMissing(others)));
}

/** How many keys without a secret have a line each. */
const mostSecrets = 5;

/** Says which keys are being replaced, and why one doesn't go on. */
async function checkRotations(varvel: Varvel, found: Found): Promise<void> {
  if (varvel.activeRotations().length === 0) return;
  for (const rotation of (await varvel.rotations()).list()) {
    const { oldKeyId, oldAlias, step, revokeAt, problem, hint, direction } = rotation;
    const what = `${direction === 'forward' ? 'The rotation' : 'The aborted rotation'} of key ${oldAlias ?? oldKeyId}`;
    const paths = rotation.refused.map(({ subject }) => subject.replace(/^\w+ /, ''));
    const names = [oldAlias ?? '', rotation.account.nickname, ...paths];
    if (problem) {
      const words = `${what} doesn’t go on. ${problem.message}`;
      found(broken('rotations', new VarvelError(problem.code, words, hint), names));
    } else if (step === 'wait' && revokeAt !== null) {
      const goes = direction === 'forward' ? 'old' : 'new';
      found(well('rotations', `${what} waits: its ${goes} key is revoked at ${localTime(revokeAt)}`, names));
    } else
      found(
        note('rotations', `${what} was interrupted.`, { action: 'resume_rotation', keyId: oldKeyId }, names),
      );
  }
}

/** Says which keys are due for rotation, and which temporary ones couldn't be revoked. */
function checkKeys(varvel: Varvel, found: Found): void {
  for (const { key, dueAt } of varvel.reminders.due()) {
    const { id, alias, account } = key;
    found(
      note(
        'keys',
        `Key ${alias ?? id} of ${account?.nickname ?? 'an unknown account'} was to be rotated by ${localTime(dueAt)}.`,
        { action: 'rotate_key', keyId: id },
        [alias ?? '', account?.nickname ?? ''],
      ),
    );
  }
  for (const { alias, keyId, account, problem } of varvel.temporaryKeys.all()) {
    if (problem === null) continue;
    const who = 'Any Varvel that is signed in to its account revokes it.';
    found(
      note('keys', `Key ${keyId ?? alias} is temporary, and isn’t revoked yet. ${problem}`, who, [
        alias,
        account.nickname,
      ]),
    );
  }
}

/** Says which keys fal refused in their last test. Nothing is asked: a diagnosis finds out more. */
function checkRefused(varvel: Varvel, found: Found): void {
  const verdicts = varvel.keyTest.verdicts();
  for (const { id, alias, account } of varvel.keys.all()) {
    const verdict = verdicts.get(id);
    if (verdict?.kind !== 'locked') continue;
    const names = [alias ?? '', account?.nickname ?? ''];
    const what = lockLine(patternOfVerdict(verdict.message));
    found(
      note(
        'keys',
        `Key ${alias ?? id} of ${account?.nickname ?? 'an unknown account'} was locked in its last test: ${what}.`,
        { action: 'find_out_why', keyId: id },
        names,
      ),
    );
  }
}

function checkSignIns(varvel: Varvel, found: Found): void {
  const identities = varvel.identities.all();
  if (identities.length === 0)
    found(note('sign-in', 'Nobody is signed in.', { action: 'sign_in', connection: null }));
  for (const { email, connection, signedIn } of identities) {
    const who = connection === null ? email : `${email} (${connectionName(connection)})`;
    const names = [email, connection?.includes('.') ? connection : ''];
    if (signedIn) found(well('sign-in', who, names));
    else {
      const ended = new VarvelError('not_signed_in', `The session of ${who} has ended.`, {
        action: 'sign_in',
        connection,
      });
      found(broken('sign-in', ended, names));
    }
  }
}

async function checkServers(varvel: Varvel, found: Found): Promise<void> {
  for (const { host, latencyMs, error } of await varvel.reachServers()) {
    found(error ? broken('network', error) : well('network', `${host} answered in ${latencyMs} ms`));
  }
}

/** Reports the keys and changes nothing: those files belong to other tools. */
async function checkOtherTools(varvel: Varvel, folder: string, found: Found): Promise<void> {
  for (const { tool, path, server, keyId } of await varvel.toolKeys(folder)) {
    const who = server === null ? tool : `${tool} (${server})`;
    found(
      keyId === null
        ? note(
            'tools',
            `${who} keeps its own key in ${path}, encrypted.`,
            'It is used where FAL_KEY isn’t set.',
          )
        : note(
            'tools',
            `${who} has key ${keyId} in ${path}, in plain text.`,
            'It follows no switch. Change it there after you revoke that key.',
            [server ?? '', keyId],
          ),
    );
  }
}

function checkShell(env: NodeJS.ProcessEnv, found: Found): void {
  if (isOfHook(env)) found(well('shell', 'FAL_KEY in this shell follows your profiles (prompt hook)'));
  else if (env.FAL_KEY)
    found(
      note(
        'shell',
        'FAL_KEY is set in this shell. fal’s tools use it instead of your profiles.',
        'Unset FAL_KEY to follow your profiles.',
      ),
    );
  if (env.VARVEL_PROFILE)
    found(
      note(
        'shell',
        `VARVEL_PROFILE is set to ${env.VARVEL_PROFILE}.`,
        'It overrides pins and the current profile.',
        [env.VARVEL_PROFILE],
      ),
    );
  if (env.NODE_TLS_REJECT_UNAUTHORIZED === '0') {
    found(
      note(
        'shell',
        'NODE_TLS_REJECT_UNAUTHORIZED=0 is set.',
        'Varvel still checks certificates; other programs in this shell don’t.',
      ),
    );
  }
}

/** Reports the lines and changes nothing: those files belong to the user. */
function checkStartUpFiles(env: NodeJS.ProcessEnv, found: Found): void {
  const { sets, hooks } = lookAtStartUpFiles(env);
  for (const { file, line } of sets) {
    found(
      note(
        'shell',
        `${file}:${line} sets FAL_KEY. It overrides every profile in shells that read this file.`,
        { action: 'move_key_to_vault' },
      ),
    );
  }
  for (const { file, line } of hooks) found(well('shell', `${file}:${line} loads the prompt hook`));
}
