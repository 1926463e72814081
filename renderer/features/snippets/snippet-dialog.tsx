import { useState } from 'react';
import { testModel } from '../../../core/model/fal/test-model.ts';
import { type SnippetLanguage, snippetLanguages } from '../../../core/model/machine/snippet.ts';
import { call } from '../../bridge.ts';
import { CodeBlock } from '../../components/facts/code-block.tsx';
import { CopyButton } from '../../components/forms/copy-button.tsx';
import { Choices, TextField } from '../../components/forms/field.tsx';
import { Dialog, DialogActions } from '../../components/overlays/dialog.tsx';
import { usePlan } from '../../components/plans/use-plan.ts';
import { known } from '../../stores/snapshots/resource.ts';
import { closeOverlay } from '../../stores/window/view.ts';

const titles: Record<SnippetLanguage, string> = { python: 'Python', javascript: 'JavaScript', curl: 'curl' };
const choices = snippetLanguages.map((language) => ({ value: language, title: titles[language] }));

/** Code that calls a model with a profile's key. */
export function SnippetDialog({ name }: { name: string }) {
  const [language, setLanguage] = useState<SnippetLanguage>('python');
  const [model, setModel] = useState(testModel);
  const { plan } = usePlan(`${name} ${language} ${model}`, () =>
    call('profiles.snippet', { name, language, model: model.trim() }),
  );
  const snippet = known(plan);
  return (
    <Dialog title={`Code for ${name}`} onClose={closeOverlay} wide>
      <p>The code reads the key from FAL_KEY. It’s safe to commit.</p>
      <Choices label="Language" row choices={choices} value={language} onChange={setLanguage} />
      <TextField
        label="Model"
        hint="The endpoint ID, from the model’s page on fal.ai."
        value={model}
        onChange={({ target }) => setModel(target.value)}
        wrong={plan.state === 'failed' ? plan.problem.message : ''}
      />
      {snippet && (
        <>
          {snippet.install !== null && <CodeBlock label="Install fal’s client" code={snippet.install} />}
          <CodeBlock label={`Save as ${snippet.file}`} code={snippet.code} />
          <CodeBlock label="Run it with the key" code={snippet.run} />
          <DialogActions>
            <CopyButton text={snippet.run} label="Copy command" />
            <CopyButton tone="go" text={snippet.code} label="Copy code" />
          </DialogActions>
        </>
      )}
    </Dialog>
  );
}
