import { readFileSync, readlinkSync } from 'node:fs';
import { exportedNames } from '../../../core/exports/exports.ts';
import { fileFormatNames } from '../../../core/exports/formats/formats.ts';
import { type ExportFormat, render, renderUnset } from '../../../core/exports/render.ts';
import { checkVariableName, underName } from '../../../core/exports/under-name.ts';
import { VarvelError } from '../../../core/model/error.ts';
import type { Profile } from '../../../core/model/profile.ts';
import { knownShell, ownShell, type Shell, shellNames } from '../../../core/shells/shells.ts';
import { forcesUser, otherHosts } from '../../../core/which/hosts.ts';
import { defineCommand } from '../../framework/command.ts';
import { profileOption } from '../../framework/name-options.ts';
import type { CommandOutput } from '../../framework/output/output.ts';
import { chosenProfile } from '../profiles/chosen-profile.ts';

export const command = defineCommand({
  summary: 'Print a profile’s key for a shell or file',
  details:
    'Prints lines for a shell to evaluate, or with --format, lines to save in a file. The default is the active profile: VARVEL_PROFILE, then the folder’s pin, then the current profile.',
  examples: [
    'eval "$(varvel env staging)"',
    'varvel env --shell fish | source',
    'varvel env staging --format dotenv',
    'varvel env staging --name FAL_KEY_STAGING --format github >> "$GITHUB_ENV"',
  ],
  doesDueWork: false,
  options: {
    profile: profileOption('the profile to print'),
    shell: {
      type: 'string',
      choices: shellNames,
      describe: 'the shell that reads it (default: yours)',
    },
    format: { type: 'string', choices: fileFormatNames, describe: 'print a file format instead' },
    name: {
      type: 'string',
      value: 'NAME',
      describe: 'set this variable instead of FAL_KEY, and leave out the host',
    },
    unset: { type: 'boolean', describe: 'print lines that unset the variables' },
  },
  positionals: [{ name: 'PROFILE', optional: true, completes: 'profiles' }],
  async run(context, values, [name]) {
    const { output, open, env } = context;
    if (values.shell !== undefined && values.format !== undefined) {
      throw new VarvelError('usage', 'Use either --shell or --format.', 'Run `varvel env --help` for usage.');
    }
    if (name !== undefined && values.profile !== undefined && name !== values.profile) {
      throw new VarvelError('usage', 'Two profiles given.', 'Use only one.');
    }
    const format = formatOf(values.format ?? values.shell, output.json, env);
    if (values.name !== undefined) checkVariableName(values.name);
    if (values.unset) {
      output.write(renderUnset(format, values.name === undefined ? exportedNames : [values.name]));
      return 0;
    }
    const varvel = await open();
    const { profile } = chosenProfile(varvel, context, name ?? values.profile);
    const variables = underName(await varvel.exports.variables(profile), values.name);
    output.write(render(format, variables));
    if (isForShell(format) && variables.FAL_KEY && hasHookHost(env) && profile.host === null)
      output.write(renderUnset(format, ['FAL_HOST']));
    if (isForShell(format) && variables.FAL_KEY) warnOfContradictions(output, env, profile);
    varvel.exports.log(profile, 'exported', `printed for ${format}`);
    return 0;
  },
});

/** Whether the prompt hook has set FAL_HOST, for another profile's key. */
const hasHookHost = ({ FAL_HOST: host, VARVEL_HOOK_HOST: ofHook }: NodeJS.ProcessEnv): boolean =>
  Boolean(host) && host === ofHook;

/** What stays set in the shell although it contradicts the printed lines. */
function warnOfContradictions(output: CommandOutput, env: NodeJS.ProcessEnv, { name, host }: Profile): void {
  // the printed lines replace or unset it
  const isReplaced = (variable: string) => variable === 'FAL_HOST' && (host !== null || hasHookHost(env));
  for (const { name: variable } of otherHosts(env, host)) {
    if (isReplaced(variable)) continue;
    output.warn(
      `${variable} is set in this shell, but not by profile “${name}”. Unset ${variable}, or the key goes to that host.`,
    );
  }
  if (forcesUser(env)) {
    output.warn(
      'FAL_FORCE_AUTH_BY_USER=1 is set in this shell. Unset it, or the fal CLI and fal_client ignore the key and act as their signed-in user.',
    );
  }
}

function formatOf(given: string | undefined, json: boolean, env: NodeJS.ProcessEnv): ExportFormat {
  const known: readonly ExportFormat[] = [...shellNames, ...fileFormatNames];
  if (json) return 'json';
  if (given !== undefined) return known.find((format) => format === given) ?? 'sh';
  return ownShell(callingShell() ?? env.SHELL, process.platform);
}

const isForShell = (format: ExportFormat): boolean => shellNames.some((shell) => shell === format);

/** The shell that runs this process, from /proc; SHELL is the login shell and may be another. */
function callingShell(): string | null {
  const parent = `/proc/${process.ppid}`;
  // of a script, the name is that of its file; of busybox, the program is busybox
  const shell =
    shellFrom(() => readlinkSync(`${parent}/exe`)) ??
    shellFrom(() => readFileSync(`${parent}/comm`, 'utf8').trim());
  // where there is a /proc, another program has that name
  return shell === 'cmd' ? null : shell;
}

function shellFrom(read: () => string): Shell | null {
  try {
    return knownShell(read());
  } catch {
    return null;
  }
}
