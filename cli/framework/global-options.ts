import type { Option } from './command.ts';

/** The options that every command takes. */
export const globalOptions: Record<string, Option> = {
  json: { type: 'boolean', describe: 'print data and errors as JSON' },
  help: { type: 'boolean', short: 'h', describe: 'show this help' },
  debug: { type: 'boolean', describe: 'show the stack trace of an error' },
};
