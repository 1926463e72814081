import { VarvelError } from '../../../core/model/error.ts';
import { type GithubTarget, githubPlace } from '../../../core/model/machine/github-secret.ts';
import { confirmOnTerminal } from '../../framework/ask.ts';
import type { Context } from '../../framework/command.ts';
import { chosenProfile } from '../profiles/chosen-profile.ts';

interface Values {
  profile?: string;
  environment?: string;
  name?: string;
  format?: string;
  force?: boolean;
  yes?: boolean;
  undo?: boolean;
}

/** Sets a GitHub Actions secret to a profile's key, or deletes it. */
export async function exportToGithub(context: Context, values: Values, repository: string): Promise<number> {
  const { output, open, signal } = context;
  const { environment = null, name: variable = 'FAL_KEY', yes } = values;
  if (values.format !== undefined || values.force)
    throw new VarvelError('usage', '--format and --force are for files.', 'Leave them out with --to github.');
  const target: GithubTarget = { repository, environment, variable };
  const what = `${variable} of ${githubPlace(target)}`;
  const varvel = await open();
  const github = await varvel.exports.github();
  if (values.undo) {
    await confirmOnTerminal(`Secret ${what} will be deleted at GitHub.`, yes, context);
    await github.remove(target, signal);
    if (output.json) output.document({ ...target, removed: true });
    else output.done(`Deleted secret ${what}.`);
    return 0;
  }
  const { profile } = chosenProfile(varvel, context, values.profile);
  await confirmOnTerminal(
    `Secret ${what} gets the key of ${profile.name}. What it has now is lost.`,
    yes,
    context,
  );
  output.progress('Setting the secret…');
  const secret = await github.set(profile, target, signal);
  output.clearProgress();
  if (profile.host !== null)
    output.warn(`The host of ${profile.name} isn’t a secret. Set FAL_HOST in the workflow.`);
  if (output.json)
    output.document({
      repository: secret.repository,
      environment,
      variable,
      profile: profile.name,
      key: secret.keyId,
    });
  else output.done(`Set secret ${what} to the key of ${profile.name}. It follows when the key is rotated.`);
  return 0;
}
