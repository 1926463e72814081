import { open } from 'node:fs/promises';
import { VarvelError } from '../../core/model/error.ts';
import type { Hint } from '../../core/model/hint.ts';
import { describeFileError } from '../files/file-error.ts';
import { readFrom } from '../files/read-bounded.ts';
import { openTerminal, type Terminal } from './prompt.ts';

/** Gets the vault's passphrase. At set-up it is a new one, which a person enters twice. */
export type PassphraseSource = (purpose: 'open' | 'set up') => Promise<string>;

/** The texts of the terminal prompt. */
export interface PassphraseWords {
  open: string;
  /** Shown before choosing a new passphrase. */
  setUp: string;
  /** The error without a terminal. */
  noTerminal: { message: string; hint: Hint | string };
}

const vaultWords: PassphraseWords = {
  open: 'Vault passphrase: ',
  setUp:
    'Choose a passphrase for the new vault. Without it, nobody can open the vault, and it can’t be reset.',
  noTerminal: {
    message: 'The passphrase vault is locked, and there is no terminal to enter the passphrase.',
    hint: { action: 'unlock_vault' },
  },
};

export interface PassphraseOptions {
  env: NodeJS.ProcessEnv;
  /** Default: the vault's. */
  words?: PassphraseWords;
  /** Opens the terminal for the prompt; null when there is none. */
  terminal?: () => Terminal | null;
  /** Called before the prompt, to clear progress from the terminal. */
  beforeAsking?: () => void;
  /** Receives a warning: a sentence about something that works, but is unwise. */
  warn?: (sentence: string) => void;
}

/** Longer than any passphrase; stops a path such as /dev/zero. */
const fileLimit = 4096;

/**
 * The passphrase from VARVEL_PASSPHRASE, the file in VARVEL_PASSPHRASE_FILE, or the terminal.
 * Asks at most once, even after a failure.
 * @throws VarvelError (when called) `vault_locked` when there is no source or it is empty, `cancelled`
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
      `The passphrase file ${path} can’t be read: ${why}.`,
      'Fix VARVEL_PASSPHRASE_FILE or that file.',
      { cause },
    );
  try {
    await using file = await open(path, 'r');
    const found = await file.stat();
    if (process.platform !== 'win32' && found.isFile() && (found.mode & 0o077) !== 0) {
      warn?.(`Other users can read the passphrase in ${path}. Run \`chmod 600\` on it.`);
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
  nonEmpty(await terminal.ask(question), 'the input');

async function askForNew(terminal: Terminal, { setUp }: PassphraseWords): Promise<string> {
  terminal.say(setUp);
  for (;;) {
    const first = await terminal.ask('New passphrase: ');
    if (first === '') terminal.say('Enter a passphrase.');
    else if ((await terminal.ask('Repeat passphrase: ')) === first) return first;
    else terminal.say('The passphrases don’t match. Try again.');
  }
}

function nonEmpty(passphrase: string, origin: string): string {
  if (passphrase !== '') return passphrase;
  throw new VarvelError('vault_locked', `The passphrase is empty (${origin}).`, 'Enter the passphrase.');
}
