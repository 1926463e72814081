import { open } from 'node:fs/promises';
import { VarvelError } from '../../core/model/error.ts';
import type { Hint } from '../../core/model/hint.ts';
import { describeFileError } from '../files/file-error.ts';
import { readFrom } from '../files/read-bounded.ts';
import { openTerminal, type Terminal } from './prompt.ts';

/** Gives the vault's passphrase; at set-up it is a new one, to be typed twice by a person. */
export type PassphraseSource = (purpose: 'open' | 'set up') => Promise<string>;

/** How it is asked for on the terminal. */
export interface PassphraseWords {
  open: string;
  /** Said before a new one is chosen. */
  setUp: string;
  /** Said where there is no terminal. */
  noTerminal: { message: string; hint: Hint | string };
}

const vaultWords: PassphraseWords = {
  open: 'Passphrase of the vault: ',
  setUp: 'Varvel sets up a passphrase vault. Without its passphrase nobody can open it, nor mend that.',
  noTerminal: {
    message: 'The passphrase vault is locked, and there is no terminal to ask for its passphrase on.',
    hint: { action: 'unlock_vault' },
  },
};

export interface PassphraseOptions {
  env: NodeJS.ProcessEnv;
  /** Those of the vault when not given. */
  words?: PassphraseWords;
  /** Opens the terminal to ask on; answers null when there is none. */
  terminal?: () => Terminal | null;
  /** Called before it is asked for: what stands half written on the terminal is to go. */
  beforeAsking?: () => void;
  /** Told in a sentence what is unwise though it works. */
  warn?: (sentence: string) => void;
}

/** More than any passphrase; stops a path such as /dev/zero. */
const fileLimit = 4096;

/**
 * The passphrase from VARVEL_PASSPHRASE, else the file that VARVEL_PASSPHRASE_FILE names, else the terminal.
 * It is asked for at most once, whatever comes of it.
 * @throws VarvelError (when called) `vault_locked` when there is nowhere to get it or it is empty, `cancelled`
 */
export function passphraseSource(options: PassphraseOptions): PassphraseSource {
  let asked: Promise<string> | null = null;
  return (purpose) => {
    asked ??= find(options, purpose);
    return asked;
  };
}

async function find(
  { env, words = vaultWords, terminal = openTerminal, beforeAsking, warn }: PassphraseOptions,
  purpose: 'open' | 'set up',
) {
  const given = env.VARVEL_PASSPHRASE;
  if (given !== undefined) return nonEmpty(given, 'VARVEL_PASSPHRASE');
  const path = env.VARVEL_PASSPHRASE_FILE;
  if (path !== undefined && path !== '') return nonEmpty(await fromFile(path, warn), path);
  const asking = terminal();
  if (asking === null) {
    const { message, hint } = words.noTerminal;
    throw new VarvelError('vault_locked', message, hint);
  }
  beforeAsking?.();
  try {
    return purpose === 'open' ? await askToOpen(asking, words) : await askForNew(asking, words);
  } finally {
    asking.close();
  }
}

async function fromFile(path: string, warn?: (sentence: string) => void): Promise<string> {
  const wrong = (why: string, cause?: unknown) =>
    new VarvelError(
      'vault_locked',
      `The passphrase can't be read from ${path}: ${why}.`,
      'Correct VARVEL_PASSPHRASE_FILE or that file.',
      { cause },
    );
  try {
    await using file = await open(path, 'r');
    const found = await file.stat();
    if (process.platform !== 'win32' && found.isFile() && (found.mode & 0o077) !== 0) {
      warn?.(`Others on this machine may read the passphrase in ${path}; \`chmod 600\` it.`);
    }
    const bytes = await readFrom(file, fileLimit, null);
    if (bytes === null) throw wrong(`it is longer than ${fileLimit} bytes`);
    return bytes.toString('utf8').replace(/\r?\n$/, '');
  } catch (error) {
    if (error instanceof VarvelError) throw error;
    throw wrong(describeFileError(error), error);
  }
}

const askToOpen = async (terminal: Terminal, { open: question }: PassphraseWords): Promise<string> =>
  nonEmpty(await terminal.ask(question), 'What was typed');

async function askForNew(terminal: Terminal, { setUp }: PassphraseWords): Promise<string> {
  terminal.say(setUp);
  for (;;) {
    const first = await terminal.ask('New passphrase: ');
    if (first === '') terminal.say('It can not be empty.');
    else if ((await terminal.ask('The same again: ')) === first) return first;
    else terminal.say('These two differ; once more.');
  }
}

function nonEmpty(passphrase: string, origin: string): string {
  if (passphrase !== '') return passphrase;
  throw new VarvelError(
    'vault_locked',
    `The passphrase is empty: ${origin} holds nothing.`,
    'Give the passphrase.',
  );
}
