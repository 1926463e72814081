import { nearest } from '../../../core/nearest.ts';
import { foundKey, isOfHook } from '../../../core/which/facts.ts';
import { defineCommand } from '../../framework/command.ts';
import { givenPath } from '../../framework/given-path.ts';

export const command = defineCommand({
  summary: 'Pin a folder to a profile',
  details:
    'Writes a .varvel file to the folder. It holds only the profile’s name, so it is safe to commit. In this folder and its subfolders, the pin overrides the current profile. VARVEL_PROFILE and --profile override the pin. A pin that came with a repository isn’t followed to an ADMIN key until you make it yourself.',
  examples: ['varvel pin studio', 'varvel pin client ~/work/client'],
  options: {},
  positionals: [
    { name: 'PROFILE', completes: 'profiles' },
    { name: 'DIR', optional: true, completes: 'files' },
  ],
  async run({ output, open, env, cwd }, _, [name = '', given = '.']) {
    const varvel = await open();
    const { path, changed } = await varvel.pins.pin(givenPath(given, { cwd }), name);
    if (output.json) output.document({ path, profile: name, changed });
    else if (changed) output.done(`Pinned to ${name} (${path}).`);
    else output.note(`Already pinned to ${name}.`);
    // a key that the hook has set follows the pin at the next prompt
    const handSet = isOfHook(env) ? null : foundKey(env.FAL_KEY);
    const warnings = varvel.pinWarnings({
      pin: { profile: name, path },
      handSetKeyId: handSet?.kind === 'key' ? handSet.id : null,
      explicit: env.VARVEL_PROFILE || null,
    });
    for (const { text } of warnings) output.warn(text);
    if (!varvel.profiles.names().includes(name)) {
      const like = nearest(name, varvel.profiles.names());
      if (like !== null) output.warn(`Did you mean “${like}”?`);
    }
    return 0;
  },
});
