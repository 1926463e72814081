import { secretMissing } from '../../../core/keys/missing.ts';
import { VarvelError } from '../../../core/model/error.ts';
import type { Varvel } from '../../../core/varvel.ts';
import { findPlace } from '../../../host/open.ts';
import { version } from '../../../host/version.ts';
import { lookAtStartUpFiles } from '../../../platform/shells/start-up-files.ts';
import { type Context, defineCommand } from '../../framework/command.ts';
import { exitCode } from '../../framework/exit-code.ts';
import { hintWords } from '../../framework/hint-words.ts';
import { count } from '../../framework/words.ts';

/** The result of a check: well, worth knowing, or broken. */
type Check =
  | { name: string; state: 'well' | 'note'; message: string; hint: string }
  | { name: string; state: 'broken'; message: string; hint: string; error: VarvelError };

const well = (name: string, message: string): Check => ({ name, state: 'well', message, hint: '' });
const note = (name: string, message: string, hint: string): Check => ({ name, state: 'note', message, hint });
const broken = (name: string, error: VarvelError): Check => {
  return { name, state: 'broken', message: error.message, hint: hintWords(error.hint), error };
};

export const command = defineCommand({
  summary: 'Check that everything works, and how to fix what doesn’t',
  details:
    'Checks the data folder, the database, the vault, fal’s servers, your sign-ins and this shell. Exits with 0 if everything works, otherwise with the code of the first problem.',
  options: { offline: { type: 'boolean', describe: 'don’t check fal’s servers' } },
  positionals: [],
  async run(context, { offline }) {
    const { output } = context;
    const checks: Check[] = [];
    const found = (check: Check) => {
      checks.push(check);
      if (!output.json) show(check, context);
    };
    found(well('program', `Varvel ${version} on Node ${process.versions.node}`));
    await check('data folder', found, async () => {
      const { folder, environment } = findPlace(context.env);
      found(well('data folder', `${folder} (${environment.name})`));
    });
    const varvel = await check('database', found, async () => {
      const opened = await context.open();
      const { profiles, current } = opened.profiles.list();
      found(well('database', `${count(profiles.length, 'profile')}, current: ${current ?? 'none'}`));
      return opened;
    });
    if (varvel) {
      await check('vault', found, () => checkVault(varvel, found));
      checkSignIns(varvel, found);
      if (!offline) await checkServers(varvel, found);
    }
    checkShell(context, found);
    checkStartUpFiles(context, found);
    if (output.json) {
      output.document({
        ok: checks.every(({ state }) => state !== 'broken'),
        checks: checks.map(({ name, state, message, hint }) => ({ name, state, message, hint })),
      });
    }
    const first = checks.find((check) => check.state === 'broken');
    return first?.state === 'broken' ? exitCode(first.error.code) : 0;
  },
});

async function check<T>(
  name: string,
  found: (check: Check) => void,
  work: () => Promise<T>,
): Promise<T | null> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof VarvelError)) throw error;
    found(broken(name, error));
    return null;
  }
}

async function checkVault(varvel: Varvel, found: (check: Check) => void): Promise<void> {
  await varvel.checkVault();
  const { recovered, withoutSecret } = await varvel.reconcile();
  const name = varvel.vault === 'keychain' ? 'The keychain' : 'The passphrase vault';
  found(well('vault', `${name} is unlocked; ${count(varvel.keys.all().length, 'key')}`));
  if (recovered.length) {
    found(
      note(
        'vault',
        `Recovered ${count(recovered.length, 'key')} from the vault.`,
        'Run `varvel keys test --all` to find their accounts and scopes.',
      ),
    );
  }
  for (const { id, alias } of withoutSecret) {
    found(broken('vault', secretMissing(alias ?? id, { action: 'find_or_forget', keyId: id })));
  }
}

function checkSignIns(varvel: Varvel, found: (check: Check) => void): void {
  const identities = varvel.identities.all();
  if (identities.length === 0)
    found(note('sign-in', 'Nobody is signed in.', hintWords({ action: 'sign_in', connection: null })));
  for (const { email, connection, signedIn } of identities) {
    const who = `${email} (${connection ?? 'unknown method'})`;
    if (signedIn) found(well('sign-in', who));
    else
      found(
        broken(
          'sign-in',
          new VarvelError(
            'not_signed_in',
            `The session of ${who} has ended.`,
            'Sign in again with `varvel login`, or sign out with `varvel logout`.',
          ),
        ),
      );
  }
}

async function checkServers(varvel: Varvel, found: (check: Check) => void): Promise<void> {
  for (const { host, latencyMs, error } of await varvel.reachServers()) {
    found(error ? broken('network', error) : well('network', `${host} answered in ${latencyMs} ms`));
  }
}

function checkShell({ env }: Context, found: (check: Check) => void): void {
  const byHook = env.VARVEL_HOOK_KEY && env.FAL_KEY?.startsWith(`${env.VARVEL_HOOK_KEY}:`);
  if (byHook) found(well('shell', 'FAL_KEY in this shell follows your profiles (prompt hook)'));
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
function checkStartUpFiles({ env }: Context, found: (check: Check) => void): void {
  const { sets, hooks } = lookAtStartUpFiles(env);
  for (const { file, line } of sets) {
    found(
      note(
        'shell',
        `${file}:${line} sets FAL_KEY. It overrides every profile in shells that read this file.`,
        'Add the key to the vault with `varvel keys add --from-env`, then remove that line.',
      ),
    );
  }
  for (const { file, line } of hooks) found(well('shell', `${file}:${line} loads the prompt hook`));
}

const marks = { well: ['✓', 'green'], note: ['·', 'yellow'], broken: ['✗', 'red'] } as const;

function show({ state, name, message, hint }: Check, { output }: Context): void {
  const [mark, style] = marks[state];
  output.line(`${output.paint(style, mark)} ${name.padEnd(12)} ${output.printable(message)}`);
  if (hint) output.line(`${' '.repeat(15)}${output.paint('dim', output.printable(hint))}`);
}
