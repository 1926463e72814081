import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import * as z from 'zod/mini';
import type { Keytar } from '../keychain.ts';
import { answer, type Call, credentials, lineOf } from './calls.ts';

/**
 * The keychain as another program sees it. On macOS an item belongs to the program that made it, and each other program has
 * to ask the person. With one program for the window and the command line, nobody is asked twice.
 * @param command the helper and its arguments; started with the first call, and again after it has ended
 */
export function keytarInHelper([program, ...args]: readonly [string, ...string[]]): Keytar {
  const waiting = new Map<number, { resolve(value: unknown): void; reject(error: Error): void }>();
  let next = 0;
  let helper: ChildProcess | null = null;

  const end = (why: string): void => {
    helper = null;
    for (const { reject } of waiting.values()) reject(new Error(why));
    waiting.clear();
  };

  function start(): ChildProcess {
    const child = spawn(program, args, { stdio: ['pipe', 'pipe', 'ignore'] });
    child.on('error', (error) => end(`the keychain’s helper didn’t start: ${error.message}`));
    child.on('exit', () => end('the keychain’s helper ended'));
    child.stdin.on('error', () => undefined);
    createInterface({ input: child.stdout }).on('line', (line) => {
      const said = answer.parse(JSON.parse(line));
      const { resolve, reject } = waiting.get(said.id) ?? {};
      waiting.delete(said.id);
      if ('error' in said) reject?.(new Error(said.error));
      else resolve?.(said.ok);
    });
    // it ends with its stdin, and keeps nobody alive
    child.unref();
    return child;
  }

  /** @param asked makes the call with its number */
  async function ask<Schema extends z.ZodMiniType>(
    schema: Schema,
    asked: (id: number) => Call,
  ): Promise<z.infer<Schema>> {
    const id = next;
    next += 1;
    const said = new Promise<unknown>((resolve, reject) => waiting.set(id, { resolve, reject }));
    helper ??= start();
    helper.stdin?.write(lineOf(asked(id)));
    return z.parse(schema, await said);
  }

  return {
    getPassword: (service, account) =>
      ask(z.nullable(z.string()), (id) => ({ id, method: 'getPassword', service, account })),
    setPassword: async (service, account, password) => {
      await ask(z.null(), (id) => ({ id, method: 'setPassword', service, account, password }));
    },
    deletePassword: (service, account) =>
      ask(z.boolean(), (id) => ({ id, method: 'deletePassword', service, account })),
    findCredentials: (service) => ask(credentials, (id) => ({ id, method: 'findCredentials', service })),
  };
}
