import { open } from 'node:fs/promises';
import { hasCode, VarvelError } from '../../core/model/error.ts';
import type { Hint } from '../../core/model/hint.ts';
import type { PassphraseStrength } from '../../core/model/machine/vault.ts';
import { describeFileError } from '../files/file-error.ts';
import { readFrom } from '../files/read-bounded.ts';
import { openTerminal, type Terminal } from './prompt.ts';

/** Gets the vault's passphrase. At set-up it is a new one, which a person enters twice. */
export interface PassphraseSource {
  (purpose: 'open' | 'set up'): Promise<string>;
  /** Asks a person again after a wrong one; null when nobody was asked. */
  askAgain?(): Promise<string> | null;
}

/** How often a person may enter a passphrase. */
const tries = 3;

/**
 * Opens something with its passphrase. After a wrong one, it asks the terminal again.
 * @throws VarvelError `wrong_passphrase` when nobody can be asked or after the third one
 */
export async function openWith<T>(
  source: PassphraseSource,
  open: (passphrase: () => Promise<string>) => Promise<T>,
): Promise<T> {
  let passphrase = () => source('open');
  for (let left = tries - 1; ; left -= 1) {
    try {
      return await open(passphrase);
    } catch (error) {
      const again = left > 0 && hasCode(error, 'wrong_passphrase') && source.askAgain?.();
      if (!again) throw error;
      const entered = await again;
      passphrase = async () => entered;
    }
  }
}

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
  /** Rates a new passphrase. A person must choose another than a weak one; a variable's is only warned of. */
  judge?: (passphrase: string) => Promise<PassphraseStrength>;
}

/** Longer than any passphrase; stops a path such as /dev/zero. */
const fileLimit = 4096;

/**
 * The passphrase from VARVEL_PASSPHRASE, the file in VARVEL_PASSPHRASE_FILE, or the terminal.
 * Asks once, unless it is told to ask again.
 * @throws VarvelError (when called) `vault_locked` when there is no source or it is empty, `cancelled`
 */
export function passphraseSource(options: PassphraseOptions): PassphraseSource {
  let asked: Promise<string> | null = null;
  const get = (purpose: 'open' | 'set up'): Promise<string> => {
    asked ??= find(options, purpose);
    return asked;
  };
  const askAgain = (): Promise<string> | null => {
    if (isPassphraseGiven(options.env)) return null;
    asked = fromTerminal(options, (terminal) => askToOpen(terminal, 'Wrong passphrase. Try again: '));
    return asked;
  };
  return Object.assign(get, { askAgain });
}

/** Whether a variable gives the passphrase, so that nobody is asked for it. */
export const isPassphraseGiven = ({
  VARVEL_PASSPHRASE,
  VARVEL_PASSPHRASE_FILE,
}: NodeJS.ProcessEnv): boolean => VARVEL_PASSPHRASE !== undefined || Boolean(VARVEL_PASSPHRASE_FILE);

/** The variable. An empty one doesn't hide the file. */
const variableOf = ({ VARVEL_PASSPHRASE, VARVEL_PASSPHRASE_FILE }: NodeJS.ProcessEnv): string | undefined =>
  VARVEL_PASSPHRASE === '' && VARVEL_PASSPHRASE_FILE ? undefined : VARVEL_PASSPHRASE;

async function find(options: PassphraseOptions, purpose: 'open' | 'set up'): Promise<string> {
  const { env, words = vaultWords, warn, judge } = options;
  if (!isPassphraseGiven(env)) {
    return fromTerminal(options, (terminal) =>
      purpose === 'open' ? askToOpen(terminal, words.open) : askForNew(terminal, words, judge),
    );
  }
  const { VARVEL_PASSPHRASE_FILE: path = '' } = env;
  const variable = variableOf(env);
  const given =
    variable !== undefined
      ? nonEmpty(variable, 'VARVEL_PASSPHRASE')
      : nonEmpty(await fromFile(path, warn), path);
  const strength = purpose === 'set up' ? await judge?.(given) : undefined;
  if (strength?.level === 'weak') {
    const name = variable === undefined ? 'VARVEL_PASSPHRASE_FILE' : 'VARVEL_PASSPHRASE';
    warn?.(`The passphrase in ${name} is easy to guess. ${strength.message}`);
  }
  return given;
}

async function fromTerminal(
  { words = vaultWords, terminal = openTerminal, beforeAsking }: PassphraseOptions,
  ask: (terminal: Terminal) => Promise<string>,
): Promise<string> {
  const asking = terminal();
  if (asking === null) {
    const { message, hint } = words.noTerminal;
    throw new VarvelError('vault_locked', message, hint);
  }
  beforeAsking?.();
  try {
    return await ask(asking);
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

const askToOpen = async (terminal: Terminal, question: string): Promise<string> =>
  nonEmpty(await terminal.ask(question), 'the input');

async function askForNew(
  terminal: Terminal,
  { setUp }: PassphraseWords,
  judge: PassphraseOptions['judge'],
): Promise<string> {
  terminal.say(setUp);
  for (;;) {
    const first = await terminal.ask('New passphrase: ');
    const strength = first === '' ? undefined : await judge?.(first);
    if (first === '') terminal.say('Enter a passphrase.');
    else if (strength?.level === 'weak')
      terminal.say(`${strength.message} Choose another one, such as four or five random words.`);
    else if ((await terminal.ask('Repeat passphrase: ')) === first) return first;
    else terminal.say('The passphrases don’t match. Try again.');
  }
}

function nonEmpty(passphrase: string, origin: string): string {
  if (passphrase !== '') return passphrase;
  throw new VarvelError('vault_locked', `The passphrase is empty (${origin}).`, 'Enter the passphrase.');
}
