import { relative } from 'node:path';
import * as z from 'zod/mini';
import { type Shell, StepFailed } from './command.ts';
import { root } from './stage.ts';
import type { Terminal } from './terminal.ts';

export interface Parts {
  terminal: Terminal;
  shell: Shell;
  /** Signs a person in with a command that opens the browser. */
  signIn(line: string, person: string, name: string): Promise<void>;
  /** The picture's path. */
  picture: string;
}

const Who = z.object({ identities: z.array(z.object({ email: z.string(), connection: z.string() })) });
const Listed = z.object({
  current: z.nullable(z.string()),
  profiles: z.array(z.object({ name: z.string() })),
});

/** The main job: from signing in to a program that calls a model with the key. */
export async function mainJob(parts: Parts): Promise<void> {
  await signInTwice(parts);
  await createKeys(parts);
  await testKeys(parts);
  await useKeys(parts);
  await cleanUp(parts);
  await generatePicture(parts);
}

async function signInTwice({ terminal, shell, signIn }: Parts): Promise<void> {
  terminal.step('Sign in with two identities');
  terminal.explain('With GitHub, using the loopback flow: the browser returns by itself.');
  await signIn('varvel login --connection github --flow loopback', 'ada', 'Ada Lovelace');
  terminal.explain(
    'With the company’s SSO domain, using a device code. For fal, the same e-mail with SSO is another user. Both stay signed in.',
  );
  await signIn('varvel login --connection example.com --flow device', 'ada-sso', 'Ada Lovelace');
  await shell.run('varvel whoami');
  const { identities } = Who.parse(JSON.parse(await shell.ask('varvel whoami --json')));
  const ways = identities.map(({ email, connection }) => `${email} ${connection}`).sort();
  if (ways.join() !== 'ada@example.com example.com,ada@example.com github')
    throw new StepFailed(`Expected Ada to be signed in twice, but found: ${ways.join(', ') || 'nobody'}.`);
  terminal.explain('All accounts of all identities, in one list:');
  await shell.run('varvel accounts list');
}

async function createKeys({ terminal, shell }: Parts): Promise<void> {
  terminal.step('Create keys');
  terminal.explain(
    'The team already has keys. fal shows a secret only once, so their secrets are not available here.',
  );
  await shell.run('varvel keys list --account falconers');
  terminal.explain('A new key’s secret goes straight to the vault, without being shown. A profile uses it.');
  await shell.run('varvel keys create pictures --account ada --profile studio');
  await shell.run('varvel keys create deploys --scope ADMIN --account falconers --profile falconers-admin');
  await shell.run('varvel keys list --account ada');
  await shell.run('varvel profiles list');
  const { profiles } = Listed.parse(JSON.parse(await shell.ask('varvel profiles list --json')));
  const names = profiles.map(({ name }) => name).sort();
  if (names.join() !== 'falconers-admin,studio')
    throw new StepFailed(`Expected other profiles, but found: ${names.join(', ')}.`);
}

async function testKeys({ terminal, shell, signIn }: Parts): Promise<void> {
  terminal.step('Test keys');
  terminal.explain(
    'A test is free. It checks the secret, the scope, the account, and whether the account is locked.',
  );
  await shell.run('varvel keys test --all');
  terminal.explain('Grace’s balance is exhausted. She signs in and adds an existing key from a pipe.');
  await signIn('varvel login --connection google', 'grace', 'Grace Hopper');
  await shell.run('node scripts/demo/key-of.mjs grace | varvel keys add --stdin --profile grace');
  terminal.explain('Her key is valid, but her account is locked. The verdict shows fal’s reason.');
  await shell.run('varvel keys test grace', 7);
}

/** Prints only the key's id: a secret must not be on the screen. */
const printKeyId = `echo "FAL_KEY begins with \${FAL_KEY%%:*}"`;

async function useKeys(parts: Parts): Promise<void> {
  const { terminal, shell } = parts;
  terminal.step('Switch profiles and use the key');
  await shell.run('varvel switch studio');
  await shell.run('varvel current');
  if (process.platform !== 'win32') {
    terminal.explain('In this shell (this prints only the key’s id, never its secret):');
    await showKeyId(parts, `eval "$(varvel env)" && ${printKeyId}`);
    terminal.explain('Another profile’s key for one command, with nothing written to disk:');
    await showKeyId(parts, `varvel run -p falconers-admin -- sh -c '${printKeyId}'`);
  }
  terminal.explain('Generate a real picture. The price is shown first.');
  await shell.run('varvel keys test studio --generate');
}

async function cleanUp({ terminal, shell }: Parts): Promise<void> {
  terminal.step('Clean up');
  await shell.run('varvel keys revoke deploys --yes');
  await shell.run('varvel activity');
  await shell.run('varvel doctor');
  await shell.run('varvel logout --all');
}

async function generatePicture({ terminal, shell, picture }: Parts): Promise<void> {
  terminal.step('Use a key in your own program');
  terminal.explain(
    'Nobody is signed in now, but a key belongs to its account and still works. This program uses fal’s official client, which reads FAL_KEY from its environment:',
  );
  await shell.run(`varvel run -p studio -- node scripts/demo/picture.mjs ${relative(root, picture)}`);
}

/** Checks the output before it prints it, so that an empty one is noticed. */
async function showKeyId({ terminal, shell }: Parts, line: string): Promise<void> {
  terminal.command(line);
  const output = await shell.ask(line);
  process.stdout.write(output);
  if (!/with [0-9a-f-]{36}/.test(output)) throw new StepFailed(`\`${line}\` did not get FAL_KEY.`);
}
