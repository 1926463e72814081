import { defineCommand } from '../../framework/command.ts';

export const command = defineCommand({
  summary: 'Delete a profile; its key stays',
  details:
    'Deletes the name only. Its key stays in the vault and at fal, so that the profile can be made again.',
  options: {},
  positionals: [{ name: 'PROFILE', completes: 'profiles' }],
  async run({ output, open }, _, [name = '']) {
    const varvel = await open();
    const { profile, wasCurrent } = varvel.profiles.delete(name);
    if (output.json) {
      output.document({ deleted: name, was_current: wasCurrent });
      return 0;
    }
    output.note(`Deleted profile ${name}.${wasCurrent ? ' No profile is current now.' : ''}`);
    if (profile.keyId !== null) {
      output.note(`Its key stays. To have it back: varvel profiles create ${name} key=${profile.keyId}`);
    }
    return 0;
  },
});
