import { createInterface } from 'node:readline';
import type { Keytar } from '../keychain.ts';
import { type Answer, type Call, call, lineOf } from './calls.ts';

/**
 * Answers calls to the keychain on stdin and stdout, until stdin ends: the command line's program, for the window. Nobody
 * else has the other ends of these pipes.
 */
export async function serveKeychain(load: () => Keytar): Promise<void> {
  for await (const line of createInterface({ input: process.stdin })) {
    const asked = call.parse(JSON.parse(line));
    void answerTo(asked, load).then((answer) => process.stdout.write(lineOf(answer)));
  }
}

async function answerTo(asked: Call, load: () => Keytar): Promise<Answer> {
  try {
    return { id: asked.id, ok: await perform(asked, load()) };
  } catch (error) {
    return { id: asked.id, error: error instanceof Error ? error.message : String(error) };
  }
}

async function perform(asked: Call, keytar: Keytar) {
  switch (asked.method) {
    case 'getPassword':
      return keytar.getPassword(asked.service, asked.account);
    case 'setPassword':
      await keytar.setPassword(asked.service, asked.account, asked.password);
      return null;
    case 'deletePassword':
      return keytar.deletePassword(asked.service, asked.account);
    case 'findCredentials':
      return keytar.findCredentials(asked.service);
  }
}
