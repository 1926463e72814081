import { relative } from 'node:path';
import * as z from 'zod/mini';
import { type Shell, StepFailed } from './command.ts';
import { root } from './stage.ts';
import type { Terminal } from './terminal.ts';

export interface Parts {
  terminal: Terminal;
  shell: Shell;
  /** Signs a person in by a command that opens the browser. */
  signIn(line: string, person: string, name: string): Promise<void>;
  /** Where the picture goes. */
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
  await makeKeys(parts);
  await testKeys(parts);
  await takeKeysIntoUse(parts);
  await lookBack(parts);
  await makePicture(parts);
}

async function signInTwice({ terminal, shell, signIn }: Parts): Promise<void> {
  terminal.step('Sign in, more than once');
  terminal.explain('With GitHub, by the authorization-code flow: the browser comes back by itself.');
  await signIn('varvel login --connection github --flow loopback', 'ada', 'Ada Lovelace');
  terminal.explain(
    'With the company’s SSO domain, by a device code. The same e-mail over SSO is another user at fal: both stay signed in.',
  );
  await signIn('varvel login --connection example.com --flow device', 'ada-sso', 'Ada Lovelace');
  await shell.run('varvel whoami');
  const { identities } = Who.parse(JSON.parse(await shell.ask('varvel whoami --json')));
  const ways = identities.map(({ email, connection }) => `${email} ${connection}`).sort();
  if (ways.join() !== 'ada@example.com example.com,ada@example.com github')
    throw new StepFailed(
      `Signed in are ${ways.join(', ') || 'none'}; the demo goes on with Ada only, twice.`,
    );
  terminal.explain('Every account of every identity, in one list:');
  await shell.run('varvel accounts list');
}

async function makeKeys({ terminal, shell }: Parts): Promise<void> {
  terminal.step('Make keys');
  terminal.explain(
    'What the team has already. fal shows a secret once, so those of its old keys are lost to us.',
  );
  await shell.run('varvel keys list --account falconers');
  terminal.explain(
    'A new key’s secret goes straight into the vault and is shown to nobody; a profile points at it.',
  );
  await shell.run('varvel keys create pictures --account ada --profile studio');
  await shell.run('varvel keys create deploys --scope ADMIN --account falconers --profile falconers-admin');
  await shell.run('varvel keys list --account ada');
  await shell.run('varvel profiles list');
  const { profiles } = Listed.parse(JSON.parse(await shell.ask('varvel profiles list --json')));
  const names = profiles.map(({ name }) => name).sort();
  if (names.join() !== 'falconers-admin,studio')
    throw new StepFailed(`The profiles are ${names.join(', ')}.`);
}

async function testKeys({ terminal, shell, signIn }: Parts): Promise<void> {
  terminal.step('Do they work?');
  terminal.explain(
    'A test asks fal only what costs nothing: secret, scope, account, and whether that is locked.',
  );
  await shell.run('varvel keys test --all');
  terminal.explain(
    'Grace’s balance is spent. She signs in, and adds a key she has had for long, read from a pipe.',
  );
  await signIn('varvel login --connection google', 'grace', 'Grace Hopper');
  await shell.run('node scripts/demo/key-of.mjs grace | varvel keys add --stdin --profile grace');
  terminal.explain(
    'Her key is known to fal, but her account is locked; the verdict says which, with fal’s reason.',
  );
  await shell.run('varvel keys test grace', 7);
}

/** The key's id only: a secret has no place on a screen. */
const sayKeyId = `echo "FAL_KEY begins with \${FAL_KEY%%:*}"`;

async function takeKeysIntoUse(parts: Parts): Promise<void> {
  const { terminal, shell } = parts;
  terminal.step('Switch, and use the key');
  await shell.run('varvel switch studio');
  await shell.run('varvel current');
  if (process.platform !== 'win32') {
    terminal.explain('In this shell (only the key’s id is printed here, never its secret):');
    await showKeyId(parts, `eval "$(varvel env)" && ${sayKeyId}`);
    terminal.explain('For one command, another profile’s, with nothing written to disk:');
    await showKeyId(parts, `varvel run -p falconers-admin -- sh -c '${sayKeyId}'`);
  }
  terminal.explain('A real picture on request; its price is said first.');
  await shell.run('varvel keys test studio --generate');
}

async function lookBack({ terminal, shell }: Parts): Promise<void> {
  terminal.step('Clean up, and look back');
  await shell.run('varvel keys revoke deploys --yes');
  await shell.run('varvel activity');
  await shell.run('varvel doctor');
  await shell.run('varvel logout --all');
}

async function makePicture({ terminal, shell, picture }: Parts): Promise<void> {
  terminal.step('And a program of yours');
  terminal.explain(
    'Nobody is signed in any more, but a key belongs to its account and goes on working. This program uses fal’s official client, which finds FAL_KEY in its environment:',
  );
  await shell.run(`varvel run -p studio -- node scripts/demo/picture.mjs ${relative(root, picture)}`);
}

/** Not straight to the terminal, so that an empty answer is noticed. */
async function showKeyId({ terminal, shell }: Parts, line: string): Promise<void> {
  terminal.command(line);
  const said = await shell.ask(line);
  process.stdout.write(said);
  if (!/with [0-9a-f-]{36}/.test(said)) throw new StepFailed(`\`${line}\` found no FAL_KEY.`);
}
