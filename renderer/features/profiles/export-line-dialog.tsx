import { useState } from 'react';
import type { Input } from '../../../contract/methods.ts';
import type { Problem } from '../../../contract/rows.ts';
import { call } from '../../bridge.ts';
import { problemOf } from '../../call-error.ts';
import { Button } from '../../components/button.tsx';
import { Dialog, DialogActions } from '../../components/dialog.tsx';
import { Choices } from '../../components/field.tsx';
import { ProblemNote } from '../../components/note.tsx';
import { showToast } from '../../stores/toasts.ts';
import { closeOverlay } from '../../stores/view.ts';

type Shell = NonNullable<Input<'profiles.copyExport'>['shell']>;
type Wanted = Shell | 'mine';

const shells: { value: Wanted; title: string }[] = [
  { value: 'mine', title: 'My login shell' },
  { value: 'bash', title: 'bash' },
  { value: 'zsh', title: 'zsh' },
  { value: 'fish', title: 'fish' },
  { value: 'sh', title: 'sh' },
];

export function ExportLineDialog({ name }: { name: string }) {
  const [shell, setShell] = useState<Wanted>('mine');
  const [problem, setProblem] = useState<Problem | null>(null);

  const copy = async (): Promise<void> => {
    try {
      const { seconds } = await call('profiles.copyExport', { name, shell: shell === 'mine' ? null : shell });
      closeOverlay();
      showToast({
        tone: 'good',
        text: `The line for ${name} is on the clipboard.`,
        hint: `Paste it into a shell; it leaves the clipboard in ${seconds} s.`,
      });
    } catch (error) {
      setProblem(problemOf(error));
    }
  };

  return (
    <Dialog title={`Export line for ${name}`} onClose={closeOverlay}>
      <p>Paste the line into an open shell, and that shell uses {name}, whichever profile is current.</p>
      <Choices label="Shell" row choices={shells} value={shell} onChange={setShell} />
      {problem && <ProblemNote problem={problem} />}
      <DialogActions>
        <Button onClick={closeOverlay}>Cancel</Button>
        <Button tone="go" onClick={() => void copy()}>
          Copy the line
        </Button>
      </DialogActions>
    </Dialog>
  );
}
