import { VarvelError } from '../../../core/model/error.ts';
import { defineCommand } from '../../framework/command.ts';

export const command = defineCommand({
  summary: 'Make a profile current, or none',
  examples: ['varvel switch staging', 'varvel switch --none'],
  options: { none: { type: 'boolean', describe: 'make no profile current' } },
  positionals: [{ name: 'PROFILE', optional: true, completes: 'profiles' }],
  async run({ output, open, env }, { none }, [name]) {
    if ((name === undefined) === !none) {
      throw new VarvelError(
        'usage',
        'Say which profile, or --none.',
        '`varvel profiles list` shows them all.',
      );
    }
    const varvel = await open();
    const profile = varvel.profiles.switchTo(name ?? null);
    if (output.json) {
      output.document({ current: profile?.name ?? null });
      return 0;
    }
    const account = profile?.account ? ` (${profile.account.nickname})` : '';
    output.note(
      profile
        ? `${output.paintNote('green', '●')} ${profile.name}${account} is current.`
        : 'No profile is current.',
    );
    if (profile?.keyId === null)
      output.warn(`It has no key yet: varvel profiles set ${profile.name} key=KEY`);
    const forced = env.VARVEL_PROFILE;
    if (forced && forced !== profile?.name) {
      output.warn(
        `In this shell VARVEL_PROFILE=${forced} still wins; unset it to follow the current profile.`,
      );
    }
    return 0;
  },
});
