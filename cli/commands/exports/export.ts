import { resolve } from 'node:path';
import { fileFormatNames, namedFormats, usualFormat } from '../../../core/exports/formats/formats.ts';
import { refuseTracked } from '../../../core/exports/tracked.ts';
import { confirm } from '../../framework/ask.ts';
import { defineCommand } from '../../framework/command.ts';
import { profileOption } from '../../framework/name-options.ts';
import { chosenProfile } from '../profiles/chosen-profile.ts';
import { exportDiff } from './export-diff.ts';

export const command = defineCommand({
  summary: 'Write a profile’s key into a file',
  details: `Changes the line that sets the variable, or adds one at the end; comments, order and every other line stay, and the file is readable by you alone (0600). The format follows from the file’s name: ${namedFormats.map(({ fileName }) => fileName).join(', ')}, else ${usualFormat}. A file that git tracks is refused without --force. --undo takes the last export into a file back.`,
  examples: [
    'varvel export .env',
    'varvel export .env -p staging --name FAL_KEY_STAGING',
    'varvel export /etc/default/worker --format systemd',
    'varvel export --undo .env',
  ],
  options: {
    profile: profileOption('the profile; the one in force when not given'),
    format: { type: 'string', choices: fileFormatNames, describe: 'the file’s format' },
    name: {
      type: 'string',
      value: 'NAME',
      describe: 'the variable for the key instead of FAL_KEY; the host is then left out',
    },
    force: { type: 'boolean', describe: 'also into a file that git tracks' },
    yes: { type: 'boolean', short: 'y', describe: 'don’t show the change and ask first' },
    undo: { type: 'boolean', describe: 'take the last export into the file back' },
  },
  positionals: [{ name: 'FILE', completes: 'files' }],
  async run(context, values, [given = '']) {
    const { output, open, cwd } = context;
    const varvel = await open();
    const file = await varvel.exports.open(resolve(cwd, given));
    const { path } = file;
    if (values.undo) {
      const { variable, removed } = await file.undo(values.name ?? null);
      if (output.json) output.document({ path, variable, removed });
      else output.note(removed ? `${path} is gone again.` : `${path} is as it was before the export.`);
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
      output.warn(`${path} is tracked by git: take care not to commit the key.`);
    }
    for (const warning of warnings) output.warn(warning);
    if (planned.changes.length > 0 && output.canAsk() && !values.yes) {
      output.note(exportDiff(path, !file.exists, planned, output));
      await confirm(`Write it into ${given}?`, values.yes, context);
    }
    const { written } = await write();
    if (output.json)
      output.document({ path, variable, format, profile: profile.name, key: profile.keyId, written });
    else
      output.note(
        written
          ? `${output.paintNote('green', '✓')} ${path} has ${variable} of ${profile.name}. Take it back with \`varvel export --undo ${given}\`.`
          : `${path} has ${variable} of ${profile.name} already.`,
      );
    return 0;
  },
});
