import { defineCommand } from '../../framework/command.ts';

export const command = defineCommand({
  summary: 'Delete a profile and keep its key',
  details:
    'Deletes only the profile. Its key stays in the vault and at fal, so you can create the profile again.',
  options: {},
  positionals: [{ name: 'PROFILE', completes: 'profiles' }],
  async run({ output, open }, _, [name = '']) {
    const varvel = await open();
    const { profile, wasCurrent } = varvel.profiles.delete(name);
    if (output.json) {
      output.document({ deleted: name, was_current: wasCurrent });
      return 0;
    }
    output.note(`Profile “${name}” deleted.${wasCurrent ? ' There is no current profile now.' : ''}`);
    if (profile.keyId !== null) {
      output.note(`Its key stays. To create it again: varvel profiles create ${name} key=${profile.keyId}`);
    }
    return 0;
  },
});
