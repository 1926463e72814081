import { VarvelError } from '../../../core/model/error.ts';
import { switchWarning } from '../../../core/model/profile.ts';
import { defineCommand } from '../../framework/command.ts';

export const command = defineCommand({
  summary: 'Switch to a profile, or to none',
  examples: ['varvel switch staging', 'varvel switch --none'],
  options: { none: { type: 'boolean', describe: 'switch to no profile' } },
  positionals: [{ name: 'PROFILE', optional: true, completes: 'profiles' }],
  async run({ output, open, env }, { none }, [name]) {
    if ((name === undefined) === !none) {
      throw new VarvelError(
        'usage',
        'Name a profile, or use --none.',
        'Run `varvel profiles list` to see them all.',
      );
    }
    const varvel = await open();
    const profile = varvel.profiles.switchTo(name ?? null);
    await varvel.followCurrent();
    if (output.json) {
      output.document({ current: profile?.name ?? null });
      return 0;
    }
    const account = profile?.account ? ` (${profile.account.nickname})` : '';
    output.done(`Switched to ${profile ? `${profile.name}${account}` : 'no profile'}.`);
    const warning = profile && switchWarning(varvel.profiles.show(profile.name));
    if (profile?.keyId === null)
      output.warn(
        `Profile “${profile.name}” has no key. Set one with \`varvel profiles set ${profile.name} key=KEY\`.`,
      );
    else if (warning) output.warn(warning);
    const forced = env.VARVEL_PROFILE;
    if (forced && forced !== profile?.name) {
      output.warn(
        `VARVEL_PROFILE=${forced} overrides it in this shell. Unset it to use the current profile.`,
      );
    }
    return 0;
  },
});
