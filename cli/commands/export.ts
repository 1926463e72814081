import { unlink } from 'node:fs/promises';
import { resolve } from 'node:path';
import { fileFormats } from '../../core/exports/render.ts';
import { underName } from '../../core/exports/under-name.ts';
import { VarvelError } from '../../core/model/error.ts';
import { gitState } from '../../platform/git.ts';
import { patchFile, readForPatch } from '../../platform/patch-file.ts';
import { confirm } from '../ask.ts';
import { chosenProfile } from '../chosen-profile.ts';
import { type Context, defineCommand } from '../command.ts';
import { exportDiff } from '../export-diff.ts';
import { profileOption } from '../name-options.ts';

/** The largest file that is merged into, in bytes. */
const limit = 10 * 1024 * 1024;

export const command = defineCommand({
  summary: 'Write a profile’s key into a file',
  details:
    'Changes the line that sets the variable, or adds one at the end; comments, order and every other line stay, and the file is readable by you alone (0600). The format follows from the file’s name: .envrc, *.json, else dotenv. A file that git tracks is refused without --force. --undo takes the last export into a file back.',
  examples: [
    'varvel export .env',
    'varvel export .env -p staging --name FAL_KEY_STAGING',
    'varvel export /etc/default/worker --format systemd',
    'varvel export --undo .env',
  ],
  options: {
    profile: profileOption('the profile; the one in force when not given'),
    format: { type: 'string', choices: fileFormats, describe: 'the file’s format' },
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
    const files = await varvel.exports.files();
    const file = resolve(cwd, given);
    const { path, bytes } = await readForPatch(file, { limit });
    if (values.undo) return undo(context, path, values.name ?? null);
    const format = fileFormats.find((known) => known === values.format) ?? files.formatOf(given);
    const { profile } = chosenProfile(varvel, context, values.profile);
    const variables = underName(await varvel.exports.variables(profile), values.name);
    const [variable = 'FAL_KEY', value = ''] = Object.entries(variables)[0] ?? [];
    const change = (before: Uint8Array | null) => files.plan(format, textOf(before, path), variables);
    const planned = change(bytes);
    checkGit(context, path, values.force ?? false);
    if (files.timesSet(format, planned.text, variable) > 1)
      output.warn(`${path} sets ${variable} more than once; the last one, which counts, is what is written.`);
    if (variable === 'FAL_KEY' && !variables.FAL_HOST && files.timesSet(format, planned.text, 'FAL_HOST') > 0)
      output.warn(`${path} also sets FAL_HOST, which profile ${profile.name} does not: check that it fits.`);
    if (planned.changes.length > 0 && output.canAsk() && !values.yes) {
      output.note(exportDiff(path, bytes === null, planned, output));
      await confirm(`Write it into ${given}?`, values.yes, context);
    }
    const where = { path, variable, profile: profile.name, keyId: profile.keyId ?? '', value };
    let record = await files.remember(where, planned, bytes === null);
    const { before, written } = await patchFile(file, (now) => Buffer.from(change(now).text, 'latin1'), {
      limit,
    });
    // somebody else wrote it meanwhile: what takes the export back is another then
    if (!same(before, bytes)) record = await files.remember(where, change(before), before === null);
    varvel.exports.log(profile, 'exported', `into ${record.path} as ${variable}`);
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

async function undo({ output, open }: Context, path: string, variable: string | null): Promise<number> {
  const varvel = await open();
  const files = await varvel.exports.files();
  const last = await files.lastOf(path, variable);
  if (!last) {
    throw new VarvelError(
      'not_found',
      `Nothing was exported into ${path} that could be taken back.`,
      'An export can be taken back once. `varvel keys show KEY` lists the files that hold a key.',
    );
  }
  const { record } = last;
  let left = '';
  await patchFile(
    path,
    (now) => {
      const text = now === null ? null : files.takenBack(textOf(now, path), last.undo);
      if (text === null) {
        throw new VarvelError(
          'conflict',
          `What was exported into ${path} has been changed since; the file was left as it is.`,
          `Change ${record.variable} there yourself, or export into it again.`,
        );
      }
      left = text;
      return Buffer.from(text, 'latin1');
    },
    { limit, mode: 'keep' },
  );
  const removed = last.undo.made && left === '';
  if (removed) await unlink(path);
  await files.forget(record, last.undo);
  if (output.json) output.document({ path, variable: record.variable, removed });
  else output.note(removed ? `${path} is gone again.` : `${path} is as it was before the export.`);
  return 0;
}

/** @throws VarvelError `conflict` for a file that git has */
function checkGit({ output }: Context, path: string, force: boolean): void {
  const state = gitState(path);
  if (state === 'tracked') {
    if (!force) {
      throw new VarvelError(
        'conflict',
        `${path} is tracked by git: the key would be in the next commit.`,
        'Export into a file that git ignores, or add --force.',
      );
    }
    output.warn(`${path} is tracked by git: take care not to commit the key.`);
  }
  if (state === 'open') output.warn(`git doesn't ignore ${path}: add it to .gitignore before you commit.`);
  if (state === 'unknown') output.warn(`git could not be asked whether it would take ${path}.`);
}

/** One character for each byte, so that every encoding stays. @throws VarvelError `invalid` for what is no text */
function textOf(bytes: Uint8Array | null, path: string): string {
  if (bytes === null) return '';
  if (bytes.includes(0)) {
    throw new VarvelError(
      'invalid',
      `${path} is no text file that shells and programs could read (it holds NUL bytes).`,
      'Check that it is the right file; UTF-16 must be saved as UTF-8 first.',
    );
  }
  return Buffer.from(bytes).toString('latin1');
}

const same = (one: Buffer | null, other: Buffer | null): boolean =>
  one === other || (one !== null && other !== null && one.equals(other));
