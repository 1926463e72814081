import type { FileLine } from './format.ts';
import { notCarried } from './not-carried.ts';

/** `docker run --env-file` reads lines of 64 KiB at most. */
const longest = 60_000;

/**
 * `docker run --env-file`: all after the first `=` is the value, quotes and blanks included; nothing is escaped.
 * (Compose reads its env files as dotenv.)
 */
export const docker: FileLine = (name, value) => {
  if (value.length > longest)
    throw notCarried(name, `more than ${longest} characters`, 'docker’s --env-file', {
      terminal: '--format json',
      window: 'the format JSON',
    });
  return `${name}=${value}`;
};
