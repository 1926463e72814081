import { VarvelError } from '../../core/model/error.ts';
import type { Varvel } from '../../core/varvel.ts';
import { findPlace, open } from '../../host/open.ts';
import { version } from '../../host/version.ts';
import { describeFileError } from '../../platform/files/file-error.ts';
import { inexactTexts } from '../../platform/process/exact-text.ts';
import { leave } from '../../platform/process/leave.ts';
import { holdSignals, uninterruptedEnds } from '../../platform/process/uninterrupted.ts';
import { commands } from '../commands.ts';
import type { Context } from './command.ts';
import { exitCode } from './exit-code.ts';
import { type CommandOutput, createOutput } from './output/output.ts';
import { createStream } from './output/stream.ts';
import { findCommand, hasFlag, parseCommand } from './parse.ts';
import { report } from './report.ts';
import { refuseSecrets } from './secret-in-arguments.ts';

/** Runs the program and ends the process. */
export async function dispatch(argv: string[]): Promise<never> {
  const streams = { stdout: createStream(1, process.env), stderr: createStream(2, process.env) };
  const output = createOutput(streams, hasFlag(argv, 'json'));
  const debug = hasFlag(argv, 'debug');
  const interrupted = new AbortController();
  // a second one ends it at once
  process.once('SIGINT', () => interrupted.abort());
  holdSignals();
  const ended = await perform(argv, output, interrupted.signal)
    .then((code) => {
      if (code === 0) refuseLost(output);
      return code;
    })
    .catch((error: unknown) => report(error, output, debug));
  await uninterruptedEnds();
  leave(ended);
}

/** @throws VarvelError when data that the command printed wasn't written: to a full disk, for example */
function refuseLost({ lost }: CommandOutput): void {
  const cause = lost();
  if (cause === null) return;
  throw new VarvelError(
    'unexpected',
    `The output couldn’t be written: ${describeFileError(cause)}.`,
    'The command has done its work. Check where its output goes.',
    { cause },
  );
}

async function perform(argv: string[], output: CommandOutput, signal: AbortSignal): Promise<number> {
  refuseSecrets(argv);
  refuseInexact(argv);
  const request = findCommand(argv);
  if (request.kind === 'version') {
    output.line(version);
    return 0;
  }
  if (request.kind !== 'command') {
    const { groupHelp, overview } = await import('./help/help.ts');
    const [group] = request.kind === 'group' ? request.path : [];
    output.write(group === undefined ? overview(output) : groupHelp(group, output));
    // `varvel keys` alone shows the help too, but a script may have meant something else: exit code 2
    return hasFlag(argv, 'help') || argv[0] === 'help' || argv.length === 0 ? 0 : exitCode('usage');
  }
  const { command } = await request.entry.load();
  if (hasFlag(request.rest, 'help')) {
    const { commandHelp } = await import('./help/help.ts');
    output.write(commandHelp(request.path, command, output));
    return 0;
  }
  const { values, positionals } = parseCommand(command, request.path, request.rest);
  let varvel: Promise<Varvel> | undefined;
  const context: Context = {
    output,
    env: process.env,
    cwd: workingFolder,
    commands,
    signal,
    open: () => {
      varvel ??= openHere(output);
      return varvel;
    },
  };
  const code = await command.run(context, values, positionals);
  const opened = await varvel?.catch(() => null);
  // in this order: `run` has closed it
  if (command.doesDueWork && opened?.anyDue()) {
    const { doDueWork } = await import('./due-work.ts');
    await doDueWork(opened, context);
  }
  // doctor and completion go on without what couldn't be opened
  await varvel?.then((opened) => opened.close()).catch(() => undefined);
  return code ?? 0;
}

/** What leads to files. */
const pathVariables = [
  'HOME',
  'VARVEL_HOME',
  'VARVEL_ENVIRONMENT',
  'VARVEL_PASSPHRASE_FILE',
  'FAL_CONFIG_PATH',
  'FAL_HOME_DIR',
  'XDG_DATA_HOME',
  'XDG_CONFIG_HOME',
];

/** @throws VarvelError `usage` for a name that can't be carried: another file would be read or written */
function refuseInexact(argv: string[]): void {
  const [argument] = inexactTexts('arguments', argv);
  const folders = pathVariables.flatMap((name) =>
    process.env[name] === undefined ? [] : `${name}=${process.env[name]}`,
  );
  const [variable] = inexactTexts('variables', folders);
  const what = argument === undefined ? variable : `Argument “${argument}”`;
  if (what === undefined) return;
  throw new VarvelError(
    'usage',
    `${what} isn’t UTF-8, so it would name something else.`,
    'Use a name that is UTF-8.',
  );
}

/** Without it, its pin would be unknown, and relative paths lead somewhere else. */
function workingFolder(): string {
  try {
    return process.cwd();
  } catch (cause) {
    throw new VarvelError(
      'not_found',
      'The folder you are in was deleted.',
      'Change into it again, or into another folder.',
      { cause },
    );
  }
}

const openHere = (output: CommandOutput): Promise<Varvel> =>
  open({
    place: findPlace(process.env),
    face: 'terminal',
    env: process.env,
    ask: true,
    beforeAsking: output.clearProgress,
    async warn(sentence, hint = { action: 'none' }) {
      if (hint.action === 'none') return output.warn(sentence);
      const { withHint } = await import('./hint-words.ts');
      output.warn(withHint(sentence, hint));
    },
  });
