import type { Command, Option, Positional } from '../command.ts';

const positionalText = ({ name, optional, rest, choices }: Positional): string => {
  const text = (choices ? choices.join('|') : name) + (rest ? '…' : '');
  return optional ? `[${text}]` : text;
};

const optionText = (name: string, option: Option): string => {
  const value = option.type === 'string' ? ` ${option.choices?.join('|') ?? option.value ?? 'VALUE'}` : '';
  return `${option.short ? `-${option.short}, ` : '    '}--${name}${value}`;
};

export const optionRows = (options: Record<string, Option>): [string, string][] =>
  Object.entries(options).map(([name, option]) => [optionText(name, option), option.describe]);

/** A command's usage, on one line. */
export function commandUsage(path: string[], command: Command, width: number): string {
  const options = Object.entries(command.options).map(
    ([name, option]) => `[${optionText(name, option).trim()}]`,
  );
  const words = command.positionals.map(positionalText);
  // options after -- would belong to the other program
  const last = command.positionals.some(({ name }) => name.startsWith('--'));
  const line = (said: string[]) =>
    ['varvel', ...path, ...(last ? [...said, ...words] : [...words, ...said])].join(' ');
  const long = line(options);
  return long.length <= width ? long : line(['[options]']);
}

/** The variables that the program reads. */
export const variables: readonly [string, string][] = [
  ['VARVEL_PROFILE', 'the profile for this process'],
  ['VARVEL_HOME', 'the folder for Varvel’s data'],
  ['VARVEL_VAULT', 'keychain or file: where secrets are stored'],
  ['VARVEL_PASSPHRASE, VARVEL_PASSPHRASE_FILE', 'unlock the passphrase vault without a prompt'],
  ['VARVEL_ENVIRONMENT', 'fal, sandbox, or the path of an environment file'],
  ['HTTPS_PROXY, NO_PROXY', 'the proxy to fal, as curl reads them'],
];

/** The exit codes, as exit-code.ts gives them. */
export const exitCodes: readonly [string, string][] = [
  ['0', 'done'],
  ['1', 'unexpected'],
  ['2', 'wrong usage'],
  ['3', 'not signed in'],
  ['4', 'not found'],
  ['5', 'vault missing or locked'],
  ['6', 'unreachable'],
  ['7', 'fal refused'],
  ['8', 'conflict'],
  ['126, 127', 'the command of varvel run can’t be run, or isn’t there'],
  ['130', 'interrupted'],
];
