import { testModel } from '../../../core/model/fal/test-model.ts';
import { snippetLanguages } from '../../../core/model/machine/snippet.ts';
import { defineCommand } from '../../framework/command.ts';
import { chosenProfile } from '../profiles/chosen-profile.ts';

export const command = defineCommand({
  summary: 'Print code that calls a model with a profile’s key',
  details:
    'The code reads the key from FAL_KEY and contains no secret. The default is the active profile: VARVEL_PROFILE, then the folder’s pin, then the current profile.',
  examples: ['varvel snippet studio > snippet.py', 'varvel snippet --language curl --model fal-ai/flux/dev'],
  options: {
    language: {
      type: 'string',
      choices: snippetLanguages,
      describe: 'the language (default: python)',
    },
    model: { type: 'string', value: 'ID', describe: `the model’s endpoint ID (default: ${testModel})` },
  },
  positionals: [{ name: 'PROFILE', optional: true, completes: 'profiles' }],
  async run(context, { language: given, model = testModel }, [name]) {
    const { output, open } = context;
    const varvel = await open();
    const { profile } = chosenProfile(varvel, context, name);
    const language = snippetLanguages.find((known) => known === given) ?? 'python';
    const snippet = await varvel.snippet(language, profile.name, model);
    if (output.json) {
      output.document({ profile: profile.name, language, model, ...snippet });
      return 0;
    }
    output.write(snippet.code);
    if (snippet.install !== null) output.note(`Install fal’s client: ${snippet.install}`);
    output.note(`Run it with the key: ${snippet.run}`);
    return 0;
  },
});
