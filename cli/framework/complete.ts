import type { Varvel } from '../../core/varvel.ts';
import { type CommandEntry, type CommandTable, type Completes, isGroup, type Option } from './command.ts';
import { globalOptions } from './global-options.ts';

/** What the word under the cursor can become. */
export interface CompletionCandidate {
  text: string;
  describe: string;
}

const tableOf = (table: CommandTable): CompletionCandidate[] =>
  Object.entries(table).map(([text, { summary }]) => ({ text, describe: summary }));

const plain = (texts: readonly string[]): CompletionCandidate[] =>
  texts.map((text) => ({ text, describe: '' }));

/**
 * Candidates for the last of the words that follow `varvel`.
 * @param open called only when names are needed
 */
export async function complete(
  words: string[],
  commands: CommandTable,
  open: () => Promise<Varvel>,
): Promise<CompletionCandidate[]> {
  const partial = words.at(-1) ?? '';
  const found = await candidates(words.slice(0, -1), partial, commands, open);
  return found.filter(({ text }) => text.startsWith(partial));
}

async function candidates(
  before: string[],
  partial: string,
  commands: CommandTable,
  open: () => Promise<Varvel>,
): Promise<CompletionCandidate[]> {
  let table: CommandTable = commands;
  const rest = [...before];
  while (rest[0]?.startsWith('-')) rest.shift();
  for (let word = rest.shift(); word !== undefined; word = rest.shift()) {
    const entry = Object.hasOwn(table, word) ? table[word] : undefined;
    if (!entry) return [];
    if (!isGroup(entry)) return ofCommand(entry, rest, partial, open);
    table = entry.commands;
  }
  return tableOf(table);
}

async function ofCommand(
  entry: CommandEntry,
  given: string[],
  partial: string,
  open: () => Promise<Varvel>,
): Promise<CompletionCandidate[]> {
  // what follows -- belongs to another program
  if (given.includes('--')) return [];
  const { command } = await entry.load();
  const options = { ...command.options, ...globalOptions };
  const byWord = (word: string | undefined): Option | undefined =>
    Object.entries(options).find(
      ([name, { short }]) => word === `--${name}` || (short && word === `-${short}`),
    )?.[1];
  const waiting = byWord(given.at(-1));
  if (waiting?.type === 'string') {
    return waiting.choices ? plain(waiting.choices) : namesOf(waiting.completes, open);
  }
  if (partial.startsWith('-')) {
    return Object.entries(options)
      .filter(([name]) => !given.includes(`--${name}`))
      .map(([name, { describe }]) => ({ text: `--${name}`, describe }));
  }
  const position = given.filter((word, index) => {
    const previous = byWord(given[index - 1]);
    return !word.startsWith('-') && previous?.type !== 'string';
  }).length;
  const positional = command.positionals[position];
  if (!positional) return [];
  return positional.choices ? plain(positional.choices) : namesOf(positional.completes, open);
}

async function namesOf(
  what: Completes | undefined,
  open: () => Promise<Varvel>,
): Promise<CompletionCandidate[]> {
  switch (what) {
    case 'profiles':
      return plain((await open()).profiles.names());
    case 'accounts':
      return (await open()).accounts
        .known()
        .map(({ nickname, name }) => ({ text: nickname, describe: name }));
    case 'keys':
      return (await open()).keys.all().map(({ id, alias, account }) => ({
        text: alias && !/\s/.test(alias) ? alias : id,
        describe: [alias, account?.nickname].filter(Boolean).join(' of '),
      }));
    case 'identities':
      return (await open()).identities
        .all()
        .map(({ email, id, name }) => ({ text: email || id, describe: name }));
    default:
      return [];
  }
}
