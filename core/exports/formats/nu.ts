import type { ShellFormat } from './format.ts';

/**
 * Nushell (“Working with strings”): a single-quoted string holds all but single quotes; a double-quoted one
 * takes backslash escapes, and only `$"…"` looks at dollar signs and parentheses.
 */
const quoted = (value: string): string =>
  value.includes("'") ? `"${value.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"` : `'${value}'`;

export const nu: ShellFormat = {
  set: (name, value) => `$env.${name} = ${quoted(value)}`,
  unset: (name) => `hide-env --ignore-errors ${name}`,
};
