import type { FileLine } from './format.ts';

/**
 * systemd's EnvironmentFile= (systemd.exec(5)): single quotes hold all but themselves, as in a shell; in double
 * quotes a backslash protects `"`, `\`, `` ` `` and `$`.
 */
export const systemd: FileLine = (name, value) => {
  if (/^[A-Za-z0-9_:.@%+/-]+$/.test(value)) return `${name}=${value}`;
  if (!value.includes("'")) return `${name}='${value}'`;
  return `${name}="${value.replaceAll(/["\\`$]/g, '\\$&')}"`;
};
