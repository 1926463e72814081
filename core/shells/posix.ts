import { lineEnd, program, unlessThere } from './handwritten.ts';

/** Inside single quotes, only the single quote is special. */
const quote = (value: string): string => `'${value.replaceAll("'", `'\\''`)}'`;

/** What sh, bash and zsh have in common. */
export const posix = {
  standardOn: null,
  set: (name: string, value: string) => `export ${name}=${quote(value)}`,
  unset: (name: string) => `unset ${name}`,
  takeUp: (profile: string) => `eval "$(varvel env ${profile})"`,
  setting: (name: string) => `${name}=`,
};

/** What the hooks of bash and zsh have in common. */
export const posixHook = {
  handwritten: new RegExp(
    String.raw`^\s*${unlessThere}(?:eval\s+"?\$\(\s*${program}\s+hook\s+(?:bash|zsh)\s*\)"?|(?:source|\.)\s+<\(\s*${program}\s+hook\s+(?:bash|zsh)\s*\))${lineEnd}`,
  ),
  quote,
  assign: (name: string, value: string) => `${hookVariable(name)}=${quote(value)}`,
};

/** The name of a script's own variable in bash, zsh and fish. */
export const hookVariable = (name: string): string =>
  `_varvel_${name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)}`;
