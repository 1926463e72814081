import { printable } from '../../../core/model/printable.ts';
import { profileColors, profileFields } from '../../../core/model/profile.ts';
import { completionShellNames } from '../../../core/shells/shells.ts';
import type { Varvel } from '../../../core/varvel.ts';
import {
  type CommandEntry,
  type CommandTable,
  type Completes,
  entryOf,
  isGroup,
  type Option,
} from '../command.ts';
import { globalOptions } from '../global-options.ts';

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
  // what can't be shown can't be typed either
  return found.filter(({ text }) => text.startsWith(partial) && printable(text) === text);
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
  const isHelp = rest[0] === 'help';
  if (isHelp) rest.shift();
  for (let word = rest.shift(); word !== undefined; word = rest.shift()) {
    const entry = entryOf(table, word)?.[1];
    if (!entry) return [];
    if (!isGroup(entry)) return isHelp ? [] : ofCommand(entry, rest, partial, open);
    table = entry.commands;
  }
  const words = tableOf(table);
  return table === commands && !isHelp
    ? [...words, { text: 'help', describe: 'Show a command’s help' }]
    : words;
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
    return valuesOf(waiting, '', open);
  }
  const [, name = '', value] = partial.match(/^(--[a-z-]+=)(.*)$/) ?? [];
  const assigned = byWord(name.slice(0, -1));
  if (value !== undefined && assigned?.type === 'string') {
    const values = await valuesOf(assigned, value, open);
    return values.map(({ text, describe }) => ({ text: name + text, describe }));
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
  const last = command.positionals.at(-1);
  const positional = command.positionals[position] ?? (last?.rest ? last : undefined);
  return positional ? valuesOf(positional, partial, open) : [];
}

const valuesOf = async (
  { choices, completes }: Pick<Option, 'choices' | 'completes'>,
  partial: string,
  open: () => Promise<Varvel>,
): Promise<CompletionCandidate[]> => (choices ? plain(choices) : namesOf(completes, partial, open));

async function namesOf(
  what: Completes | undefined,
  partial: string,
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
      return keyNames(await open());
    case 'keys and profiles': {
      const varvel = await open();
      const profiles = plain(varvel.profiles.names());
      const keys = keyNames(varvel).filter(({ text }) => !profiles.some((known) => known.text === text));
      return [...profiles, ...keys];
    }
    case 'fields':
      return fieldValues(partial, open);
    case 'rotate-by':
      return plain(['30d', '90d', '180d', 'never'].map((after) => `rotate-by=${after}`));
    case 'settings':
      return settingValues(partial);
    case 'connections': {
      const known = (await open()).identities.all().flatMap(({ connection }) => connection ?? []);
      return plain([...new Set(['github', 'google', ...known])]);
    }
    case 'completion shells':
      return plain(completionShellNames);
    case 'identities':
      return (await open()).identities
        .all()
        .map(({ email, id, name }) => ({ text: email || id, describe: name }));
    default:
      return [];
  }
}

/** A key by its alias if that is one word and no other key's, else by its id. */
function keyNames(varvel: Varvel): CompletionCandidate[] {
  const keys = varvel.keys.all();
  const times = new Map<string | null, number>();
  for (const { alias } of keys) times.set(alias, (times.get(alias) ?? 0) + 1);
  return keys.map(({ id, alias, account }) => ({
    text: alias && !/\s/.test(alias) && times.get(alias) === 1 ? alias : id,
    describe: [alias, account?.nickname].filter(Boolean).join(' of '),
  }));
}

/** `theme=`, `clipboard=`…, and then values of that setting. */
async function settingValues(partial: string): Promise<CompletionCandidate[]> {
  const { settingsTable } = await import('../../commands/settings/settings-table.ts');
  const found = Object.entries(settingsTable).find(([name]) => partial.startsWith(`${name}=`));
  if (!found)
    return Object.entries(settingsTable).map(([name, { does }]) => ({ text: `${name}=`, describe: does }));
  const [name, { offers }] = found;
  return plain(offers.map((value) => `${name}=${value}`));
}

/** `key=`, `account=`…, and then the values of that field. */
async function fieldValues(partial: string, open: () => Promise<Varvel>): Promise<CompletionCandidate[]> {
  const field = profileFields.find((known) => partial.startsWith(`${known}=`));
  if (!field) return plain(profileFields.map((known) => `${known}=`));
  const values =
    field === 'color'
      ? plain(profileColors)
      : await namesOf(field === 'key' ? 'keys' : field === 'account' ? 'accounts' : undefined, '', open);
  return values.map(({ text, describe }) => ({ text: `${field}=${text}`, describe }));
}
