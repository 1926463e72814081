import { VarvelError } from '../model/error.ts';
import type { Snippet, SnippetLanguage } from '../model/machine/snippet.ts';

interface SnippetDefinition {
  file: string;
  install: string | null;
  /** What runs the file. */
  program: string;
  /** @param runUrl where models answer, without a slash at its end */
  code(model: string, runUrl: string): string;
}

const prompt = 'a cute cat';

const definitions: Record<SnippetLanguage, SnippetDefinition> = {
  // fal_client 1.0: https://docs.fal.ai/clients/python
  python: {
    file: 'snippet.py',
    install: 'pip install fal-client',
    program: 'python snippet.py',
    code: (model) => `import fal_client

result = fal_client.subscribe(
    "${model}",
    arguments={"prompt": "${prompt}"},
)
print(result)
`,
  },
  // @fal-ai/client 1.10: https://docs.fal.ai/clients/javascript
  javascript: {
    file: 'snippet.mjs',
    install: 'npm install @fal-ai/client',
    program: 'node snippet.mjs',
    code: (model) => `import { fal } from '@fal-ai/client';

const { data } = await fal.subscribe('${model}', {
  input: { prompt: '${prompt}' },
});
console.log(data);
`,
  },
  curl: {
    file: 'snippet.sh',
    install: null,
    program: 'sh snippet.sh',
    // printf is a part of the shell: as an argument of curl the key could be seen by every process
    code: (model, runUrl) => `printf 'Authorization: Key %s' "$FAL_KEY" |
  curl --fail-with-body ${runUrl}/${model} \\
    --header @- --header 'Content-Type: application/json' \\
    --data '{"prompt": "${prompt}"}'
`,
  },
};

/**
 * A program that calls a model with a profile's key, which it takes from FAL_KEY.
 * @param model an endpoint's id, such as fal-ai/flux/schnell
 * @param runUrl where the environment's models answer
 * @throws VarvelError `invalid` for what can't be an endpoint's id
 */
export function snippet(
  language: SnippetLanguage,
  { profile, model, runUrl }: { profile: string; model: string; runUrl: string },
): Snippet {
  if (!/^[A-Za-z0-9][\w.-]*(\/[A-Za-z0-9][\w.-]*)+$/.test(model)) {
    throw new VarvelError(
      'invalid',
      `“${model.slice(0, 80)}” is not a model’s endpoint ID.`,
      'Copy the ID from the model’s page on fal.ai, such as fal-ai/flux/schnell.',
    );
  }
  const { file, install, program, code } = definitions[language];
  return {
    code: code(model, runUrl.replace(/\/$/, '')),
    file,
    install,
    run: `varvel run --profile ${profile} -- ${program}`,
  };
}
