import { refuseTracked } from '../../../core/exports/file/tracked.ts';
import {
  fileFormatNames,
  isEnvFile,
  namedFormats,
  usualFormat,
} from '../../../core/exports/formats/formats.ts';
import { render } from '../../../core/exports/render.ts';
import { underName } from '../../../core/exports/under-name.ts';
import { VarvelError } from '../../../core/model/error.ts';
import { confirm } from '../../framework/ask.ts';
import { defineCommand } from '../../framework/command.ts';
import { givenPath } from '../../framework/given-path.ts';
import { profileOption } from '../../framework/name-options.ts';
import { chosenProfile } from '../profiles/chosen-profile.ts';
import { showExportDiff } from './export-diff.ts';
import { exportToGithub } from './github-export.ts';

export const command = defineCommand({
  summary: 'Write a profile’s key into a file, or into GitHub Actions',
  details: `Changes the line that sets the variable, or adds one at the end. Everything else in the file stays as it is. Only you can read the file (0600); on Windows, whoever its folder allows. The file’s name decides the format: ${namedFormats.map(({ fileName }) => fileName).join(', ')}, otherwise ${usualFormat}. A file that git tracks, or that can’t be checked, needs --force. FILE - is stdout. To undo the last export to a file, use --undo.\n\nWith --to github, the key becomes an Actions secret of a repository, or of one of its deployment environments. GitHub’s own program gh sets it, and must be signed in. A rotation of the key sets it again; --undo deletes it.`,
  examples: [
    'varvel export .env',
    'varvel export .env -p staging --name FAL_KEY_STAGING',
    'varvel export /etc/default/worker --format systemd',
    'varvel export --undo .env',
    'varvel export --to github acme/shop --environment production -p production',
  ],
  options: {
    profile: profileOption('the profile to export (default: the active one)'),
    format: {
      type: 'string',
      choices: fileFormatNames,
      describe: 'the file’s format (default: from its name)',
    },
    name: {
      type: 'string',
      value: 'NAME',
      describe: 'set this variable instead of FAL_KEY, and leave out the host',
    },
    to: { type: 'string', choices: ['github'], describe: 'write to GitHub Actions instead of a file' },
    environment: {
      type: 'string',
      value: 'NAME',
      describe: 'with --to github: the deployment environment (default: the whole repository)',
    },
    force: { type: 'boolean', describe: 'write to a file that git tracks, or that can’t be checked' },
    yes: { type: 'boolean', short: 'y', describe: 'write without showing the change first' },
    undo: { type: 'boolean', describe: 'undo the last export to the file, or delete the secret' },
  },
  positionals: [{ name: 'FILE|REPOSITORY', completes: 'files' }],
  async run(context, values, [given = '']) {
    if (values.to === 'github') return exportToGithub(context, values, given);
    if (values.environment !== undefined)
      throw new VarvelError(
        'usage',
        '--environment needs --to github.',
        'Add it, or leave --environment out.',
      );
    const { output, open } = context;
    const varvel = await open();
    if (given === '-') {
      if (values.undo) throw new VarvelError('usage', '--undo needs a file.', 'Name the file.');
      const { profile } = chosenProfile(varvel, context, values.profile);
      const format = fileFormatNames.find((known) => known === values.format) ?? usualFormat;
      const variables = underName(await varvel.exports.variables(profile), values.name);
      output.write(render(output.json ? 'json' : format, variables));
      varvel.exports.log(profile, 'exported', `printed for ${format}`);
      return 0;
    }
    const file = await varvel.exports.open(givenPath(given, context));
    const { path } = file;
    if (values.undo) {
      const { variable, removed } = await file.undo(values.name ?? null);
      if (output.json) output.document({ path, variable, removed });
      else output.done(removed ? `Export undone: ${path} deleted.` : `Export undone: ${path} restored.`);
      return 0;
    }
    const { profile } = chosenProfile(varvel, context, values.profile);
    const { format, variable, planned, git, warnings, write } = await file.plan({
      profile,
      format: values.format ?? null,
      variable: values.name ?? null,
    });
    if (git === 'tracked') {
      if (!values.force) refuseTracked(path);
      output.warn(`git tracks ${path}. Don’t commit the key.`);
    }
    const asks = output.canAsk() && !values.yes;
    if (git === 'unknown' && !values.force && !asks) throw notChecked(path);
    if (!isEnvFile(path) && values.format === undefined)
      output.warn(
        `${given} isn’t an env file by its name: it is written as ${format}. Set its format with --format.`,
      );
    for (const warning of warnings) output.warn(warning);
    if (planned.changes.length > 0 && asks) {
      showExportDiff(path, !file.exists, planned, output);
      await confirm(`Write this to ${given}?`, values.yes, context);
    }
    const { written, keyIds } = await write();
    if (output.json)
      output.document({ path, variable, format, profile: profile.name, key: keyIds[0], written });
    else if (written)
      output.done(
        `Exported ${variable} of ${profile.name} to ${path}. To undo: varvel export --undo ${given}`,
      );
    else output.note(`${path} already holds ${variable} of ${profile.name}.`);
    return 0;
  },
});

const notChecked = (path: string) =>
  new VarvelError(
    'conflict',
    `Couldn’t check whether git tracks ${path}, so it was not changed.`,
    'If git doesn’t track it, add --force.',
  );
