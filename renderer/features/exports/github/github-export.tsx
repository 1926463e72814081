import { type FormEvent, useState } from 'react';
import { githubPlace } from '../../../../core/model/machine/github-secret.ts';
import { call } from '../../../bridge.ts';
import { useAction } from '../../../components/forms/action.ts';
import { Button } from '../../../components/forms/button.tsx';
import { TextField } from '../../../components/forms/field.tsx';
import { ProblemNote } from '../../../components/layout/note.tsx';
import { DialogActions } from '../../../components/overlays/dialog.tsx';
import { showToast } from '../../../stores/window/toasts.ts';
import { closeOverlay } from '../../../stores/window/view.ts';
import styles from '../file-export.module.css';

/** Sets a GitHub Actions secret to a profile's key. */
export function GithubExport({ name }: { name: string }) {
  const [repository, setRepository] = useState('');
  const [environment, setEnvironment] = useState('');
  const [variable, setVariable] = useState('FAL_KEY');
  const [tried, setTried] = useState(false);
  const { busy, problem, run } = useAction();

  const write = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setTried(true);
    if (repository.trim() === '' || variable.trim() === '' || busy) return;
    await run(async () => {
      const secret = await call('exports.writeGithub', {
        profile: name,
        repository: repository.trim(),
        environment: environment.trim() || null,
        variable: variable.trim(),
      });
      closeOverlay();
      showToast({
        tone: 'good',
        text: `Set ${secret.variable} of ${githubPlace(secret)} to the key of ${name}.`,
      });
    });
  };

  return (
    <form className="dialog-form" onSubmit={(event) => void write(event)} noValidate>
      <p>
        GitHub’s own program gh sets a secret for GitHub Actions. It must be signed in. What the secret has
        now is lost. A rotation of the key sets it again.
      </p>
      <TextField
        label="Repository"
        value={repository}
        placeholder="acme/shop"
        maxLength={300}
        data-first
        wrong={tried && repository.trim() === '' ? 'Enter a repository, such as acme/shop.' : ''}
        onChange={({ target }) => setRepository(target.value)}
      />
      <div className={styles.how}>
        <TextField
          label="Environment"
          value={environment}
          placeholder="All of the repository"
          maxLength={255}
          onChange={({ target }) => setEnvironment(target.value)}
        />
        <TextField
          label="Secret"
          value={variable}
          placeholder="FAL_KEY"
          maxLength={128}
          wrong={tried && variable.trim() === '' ? 'Enter a name.' : ''}
          onChange={({ target }) => setVariable(target.value)}
        />
      </div>
      {problem && <ProblemNote problem={problem} />}
      <DialogActions>
        <Button onClick={closeOverlay}>Cancel</Button>
        <Button tone="go" type="submit" busy={busy} disabled={busy}>
          Set secret
        </Button>
      </DialogActions>
    </form>
  );
}
