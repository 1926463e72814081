import { text } from 'node:stream/consumers';
import { parseEnv } from 'node:util';
import { VarvelError } from '../../../core/model/error.ts';
import { readBounded } from '../../../platform/files/read-bounded.ts';
import { openTerminal } from '../../../platform/vault/prompt.ts';
import type { Context } from '../../framework/command.ts';

export type KeySource =
  | { from: 'env' }
  | { from: 'file'; path: string }
  | { from: 'stdin' }
  | { from: 'prompt' };

/** The largest key file, in bytes. */
const limit = 1_000_000;

/**
 * Reads a key from its source. Never from an argument, which every process could read.
 * @throws VarvelError `not_found` when there is no key, `invalid` for a file that can't hold one
 */
export async function readKey(
  source: KeySource,
  { env, output }: Pick<Context, 'env' | 'output'>,
): Promise<string> {
  switch (source.from) {
    case 'env': {
      const key = keyFromVariables(env);
      if (key !== null) return key;
      throw new VarvelError('not_found', 'FAL_KEY is not set.', 'Set it, or use --from-file or --stdin.');
    }
    case 'file':
      return fromFile(source.path);
    case 'stdin': {
      if (process.stdin.isTTY) output.note('Paste the key, then press Ctrl-D:');
      return text(process.stdin);
    }
    case 'prompt':
      return fromTerminal();
  }
}

/** FAL_KEY, or FAL_KEY_ID with FAL_KEY_SECRET, in fal's own order. */
function keyFromVariables(variables: NodeJS.Dict<string>): string | null {
  if (variables.FAL_KEY) return variables.FAL_KEY;
  const { FAL_KEY_ID: id, FAL_KEY_SECRET: secret } = variables;
  return id && secret ? `${id}:${secret}` : null;
}

async function fromFile(path: string): Promise<string> {
  const bytes = await readBounded(path, limit);
  if (!bytes) {
    throw new VarvelError(
      'not_found',
      `File ${path} doesn’t exist.`,
      'Use the path of an env file with FAL_KEY, or of a file that holds only the key.',
    );
  }
  const content = bytes.toString('utf8').replace(/^\uFEFF/, '');
  const key = keyFromVariables(parseEnv(content)) ?? bareKeyIn(content);
  if (key !== null) return key;
  throw new VarvelError(
    'not_found',
    `${path} has no FAL_KEY.`,
    'Add a line FAL_KEY=…, or use a file that holds only the key.',
  );
}

/** The key of a file that has one line and sets no variable. */
function bareKeyIn(content: string): string | null {
  const line = content.trim();
  return /^[^\s=#]+:[^\s]+$/.test(line) ? line : null;
}

async function fromTerminal(): Promise<string> {
  const terminal = openTerminal();
  if (!terminal)
    throw new VarvelError('usage', 'There is no terminal for a prompt.', 'Use --stdin or --from-file.');
  try {
    return await terminal.ask('Key (not shown): ');
  } finally {
    terminal.close();
  }
}
