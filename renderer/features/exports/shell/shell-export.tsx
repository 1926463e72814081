import { useState } from 'react';
import { type Shell, shellNames, shells } from '../../../../core/shells/shells.ts';
import { call } from '../../../bridge.ts';
import { CodeBlock } from '../../../components/facts/code-block.tsx';
import { useAction } from '../../../components/forms/action.ts';
import { Button } from '../../../components/forms/button.tsx';
import { CopyButton } from '../../../components/forms/copy-button.tsx';
import { Choices } from '../../../components/forms/field.tsx';
import { ProblemNote } from '../../../components/layout/note.tsx';
import { DialogActions } from '../../../components/overlays/dialog.tsx';
import { useProfile } from '../../../stores/profiles.ts';
import { useShells } from '../../../stores/shells.ts';
import { known } from '../../../stores/snapshots/resource.ts';
import { useIsDesktop } from '../../../stores/window/face.ts';
import { showToast } from '../../../stores/window/toasts.ts';
import { closeOverlay } from '../../../stores/window/view.ts';
import { maskedLines } from './masked-lines.ts';

const choices = shellNames.map((shell) => ({ value: shell, title: shells[shell].label }));

/** Exports a profile's key to one shell: as a line with the key, or a command without it. */
export function ShellExport({ name }: { name: string }) {
  const profile = useProfile(name);
  const isDesktop = useIsDesktop();
  const loginShell = useLoginShell();
  const [chosen, setShell] = useState<Shell | null>(null);
  const { busy, problem, run } = useAction();
  const shell = chosen ?? loginShell;
  if (!profile) return null;
  const command = shells[shell].takeUp(name);

  const copy = () =>
    run(async () => {
      const { seconds } = await call('profiles.copyExport', { name, shell });
      closeOverlay();
      showToast({
        tone: 'good',
        text: `Copied the line for ${name}.`,
        hint: `Paste it into ${shells[shell].label}. The clipboard will be cleared in ${seconds} s.`,
      });
    });

  return (
    <>
      <p>A shell you paste this into uses {name} until it closes, even if you switch profiles.</p>
      <Choices label="Shell" row choices={choices} value={shell} onChange={setShell} />
      {isDesktop && <CodeBlock label="Line" code={maskedLines(shell, profile)} />}
      <CodeBlock label={isDesktop ? 'Or a command without the secret' : 'Command'} code={command} />
      {problem && <ProblemNote problem={problem} />}
      <DialogActions>
        <CopyButton text={command} label="Copy command" />
        {isDesktop && (
          <Button tone="go" busy={busy} disabled={busy} onClick={() => void copy()}>
            Copy line
          </Button>
        )}
      </DialogActions>
    </>
  );
}

/** The user's login shell. Falls back to sh, which most others understand. */
const useLoginShell = (): Shell =>
  useShells(({ resource }) => {
    const own = known(resource)?.shells.find(({ login }) => login)?.shell;
    return shellNames.find((shell) => shell === own) ?? 'sh';
  });
