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

/** A key file is short; what is longer is something else. In bytes. */
const limit = 1_000_000;

/**
 * Reads a key from where the person says it is. Never from an argument, where every process could read it.
 * @throws VarvelError `not_found` when there is none, `invalid` for a file that can't be one
 */
export async function readKey(
  source: KeySource,
  { env, output }: Pick<Context, 'env' | 'output'>,
): Promise<string> {
  switch (source.from) {
    case 'env': {
      const key = keyOf(env);
      if (key !== null) return key;
      throw new VarvelError(
        'not_found',
        'FAL_KEY is not set here.',
        'Set it, or use --from-file or --stdin.',
      );
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
function keyOf(variables: NodeJS.Dict<string>): string | null {
  if (variables.FAL_KEY) return variables.FAL_KEY;
  const { FAL_KEY_ID: id, FAL_KEY_SECRET: secret } = variables;
  return id && secret ? `${id}:${secret}` : null;
}

async function fromFile(path: string): Promise<string> {
  const bytes = await readBounded(path, limit);
  if (!bytes) {
    throw new VarvelError(
      'not_found',
      `There is no file ${path}.`,
      'Give the path of an env file that holds FAL_KEY, or of a file with the key alone.',
    );
  }
  const content = bytes.toString('utf8').replace(/^\uFEFF/, '');
  const key = keyOf(parseEnv(content)) ?? aloneIn(content);
  if (key !== null) return key;
  throw new VarvelError(
    'not_found',
    `${path} holds no FAL_KEY.`,
    'It must have a line FAL_KEY=…, or the key alone.',
  );
}

/** A file with one line that sets no variable is taken for the bare key. */
function aloneIn(content: string): string | null {
  const line = content.trim();
  return /^[^\s=#]+:[^\s]+$/.test(line) ? line : null;
}

async function fromTerminal(): Promise<string> {
  const terminal = openTerminal();
  if (!terminal)
    throw new VarvelError('usage', 'There is no terminal to ask on.', 'Use --stdin or --from-file.');
  try {
    return await terminal.ask('Key (not shown): ');
  } finally {
    terminal.close();
  }
}
