import { readFileSync } from 'node:fs';
import { exportedNames } from '../../../core/exports/exports.ts';
import { fileFormatNames } from '../../../core/exports/formats/formats.ts';
import { type ExportFormat, render, renderUnset } from '../../../core/exports/render.ts';
import { underName } from '../../../core/exports/under-name.ts';
import { VarvelError } from '../../../core/model/error.ts';
import { knownShell, ownShell, shellNames } from '../../../core/shells/shells.ts';
import { defineCommand } from '../../framework/command.ts';
import { profileOption } from '../../framework/name-options.ts';
import { chosenProfile } from '../profiles/chosen-profile.ts';

export const command = defineCommand({
  summary: 'Print a profile’s key for a shell or a file',
  details:
    'Prints lines to evaluate in a shell, or with --format to save in a file. Without a name it takes the profile in force: VARVEL_PROFILE, then the folder’s pin, then the current one.',
  examples: [
    'eval "$(varvel env staging)"',
    'varvel env --shell fish | source',
    'varvel env staging --format dotenv',
    'varvel env staging --name FAL_KEY_STAGING --format github >> "$GITHUB_ENV"',
  ],
  options: {
    profile: profileOption('the profile; the same as naming it'),
    shell: {
      type: 'string',
      choices: shellNames,
      describe: 'the shell that will read it; yours when not given',
    },
    format: { type: 'string', choices: fileFormatNames, describe: 'a file’s format instead' },
    name: {
      type: 'string',
      value: 'NAME',
      describe: 'the variable for the key instead of FAL_KEY; the host is then left out',
    },
    unset: { type: 'boolean', describe: 'print what removes the variables' },
  },
  positionals: [{ name: 'PROFILE', optional: true, completes: 'profiles' }],
  async run(context, values, [name]) {
    const { output, open, env } = context;
    if (values.shell !== undefined && values.format !== undefined) {
      throw new VarvelError('usage', '--shell and --format exclude each other.', 'Use one of them.');
    }
    if (name !== undefined && values.profile !== undefined && name !== values.profile) {
      throw new VarvelError('usage', 'Two profiles were named.', 'Name one.');
    }
    const format = formatOf(values.format ?? values.shell, output.json, env);
    if (values.unset) {
      output.write(renderUnset(format, values.name === undefined ? exportedNames : [values.name]));
      return 0;
    }
    const varvel = await open();
    const { profile } = chosenProfile(varvel, context, name ?? values.profile);
    const variables = underName(await varvel.exports.variables(profile), values.name);
    output.write(render(format, variables));
    if (
      isForShell(format) &&
      variables.FAL_KEY &&
      !variables.FAL_HOST &&
      env.FAL_HOST &&
      env.FAL_HOST !== env.VARVEL_HOOK_HOST
    )
      output.warn(
        `FAL_HOST is set here, which profile ${profile.name} does not: unset FAL_HOST, or the key goes to that host.`,
      );
    varvel.exports.log(profile, 'exported', `printed for ${format}`);
    return 0;
  },
});

function formatOf(said: string | undefined, json: boolean, env: NodeJS.ProcessEnv): ExportFormat {
  const known: readonly ExportFormat[] = [...shellNames, ...fileFormatNames];
  if (json) return 'json';
  if (said !== undefined) return known.find((format) => format === said) ?? 'sh';
  return ownShell(callingShell() ?? env.SHELL, process.platform);
}

const isForShell = (format: ExportFormat): boolean => shellNames.some((shell) => shell === format);

/** The shell that runs us, where the system tells: it need not be SHELL, which is the login's. */
function callingShell(): string | null {
  try {
    const name = readFileSync(`/proc/${process.ppid}/comm`, 'utf8').trim();
    const shell = knownShell(name);
    // where there is a /proc, another program has that name
    return shell === 'cmd' ? null : shell;
  } catch {
    return null;
  }
}
