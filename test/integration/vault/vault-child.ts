/**
 * A process that uses a vault as Varvel does: its options stand in the environment variable VAULT_CHILD, its calls come
 * as lines of JSON on stdin, and it answers each with a line. With `once` it does that one call and leaves, as a command would.
 */

import { createInterface } from 'node:readline';
import { hintWords } from '../../../cli/framework/hint-words.ts';
import { VarvelError } from '../../../core/model/error.ts';
import type { SecretStore } from '../../../core/ports.ts';
import { leave } from '../../../platform/process/leave.ts';
import { createFileVault } from '../../../platform/vault/file-vault.ts';
import { openVault } from '../../../platform/vault/open-vault.ts';
import type { Answer, Call, ChildOptions } from './vault-process.ts';

const options: ChildOptions = JSON.parse(process.env.VAULT_CHILD ?? '{}');
if (options.umask !== undefined) process.umask(options.umask);
const say = (line: unknown): boolean => process.stdout.write(`${JSON.stringify(line)}\n`);

async function open(): Promise<SecretStore> {
  const { kind, folder, ask = false, identity } = options;
  if (identity === undefined)
    return openVault({ kind, folder, env: process.env, ask, warn: (text) => say(text) });
  const passphrase = () => Promise.reject(new Error('the passphrase was asked for'));
  return createFileVault({ folder: `${folder}/vault`, agent: async () => identity, passphrase });
}

const vault = await open();

async function answer([method, ...args]: Call): Promise<Answer> {
  const [name = '', secret = ''] = args;
  try {
    if (method === 'prepare') return { value: await vault.prepare() };
    if (method === 'get') return { value: await vault.get(name) };
    if (method === 'set') return { value: await vault.set(name, secret) };
    if (method === 'delete') return { value: await vault.delete(name) };
    return { value: (await vault.names()).sort() };
  } catch (error) {
    if (!(error instanceof VarvelError)) throw error;
    const { code, message, hint } = error;
    return { error: { code, message, hint: hintWords(hint) } };
  }
}

if (options.once) {
  const said = await answer(options.once);
  say(said);
  leave('error' in said ? 5 : 0);
}
if (options.writeForEver !== undefined) {
  for (let count = 0; ; count += 1) {
    await vault.set(options.writeForEver, `${count}:${'x'.repeat(200)}:${count}`);
    say(count);
  }
}
for await (const line of createInterface({ input: process.stdin })) {
  const calls: Call[] = JSON.parse(line);
  say(await Promise.all(calls.map(answer)));
}
leave(0);
