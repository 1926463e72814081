import type { FileLine } from './format.ts';
import { notCarried } from './not-carried.ts';

/**
 * dotenv files as all their readers agree on them: `dotenv`, Node's `--env-file`, python-dotenv, ruby-dotenv. There
 * is no common way to escape, so each quoting is used only for what it takes as it is:
 * - single quotes: python-dotenv undoes `\\` and `\'` in them, and dotenv reads on after a `\` at the end;
 * - double quotes: escapes and `$` mean something, to each reader something else;
 * - none: quotes inside stay, but a `#` begins a comment, and ruby-dotenv sees to `$` and `\`.
 * python-dotenv replaces `${…}` in any of them. Backticks quote for two readers only.
 * @throws VarvelError `invalid` for a value that they would read differently
 */
export const dotenv: FileLine = (name, value) => {
  if (/^[A-Za-z0-9_:.@%+/-]+$/.test(value)) return `${name}=${value}`;
  if (!/\$\{[^}]*\}/.test(value)) {
    if (!/'|\\\\|\\$/.test(value)) return `${name}='${value}'`;
    if (!/["\\$]/.test(value)) return `${name}="${value}"`;
    if (!/[#$\\]|^[\s'"`]|[\s'"`]$/.test(value)) return `${name}=${value}`;
  }
  const quotes = ["'", '"', '`'].every((mark) => value.includes(mark));
  throw notCarried(
    name,
    quotes ? 'every kind of quote' : 'quotes, backslashes or dollar signs together',
    'a dotenv file',
    { terminal: '--format json', window: 'the format JSON' },
  );
};
