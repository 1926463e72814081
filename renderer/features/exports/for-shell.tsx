import { useState } from 'react';
import { type Shell, shellNames, shells } from '../../../core/shells/shells.ts';
import { call } from '../../bridge.ts';
import { useAction } from '../../components/forms/action.ts';
import { Button } from '../../components/forms/button.tsx';
import { CopyButton } from '../../components/forms/copy-button.tsx';
import { Choices } from '../../components/forms/field.tsx';
import { ProblemNote } from '../../components/layout/note.tsx';
import { DialogActions } from '../../components/overlays/dialog.tsx';
import { useProfile } from '../../stores/profiles.ts';
import { useShells } from '../../stores/shells.ts';
import { known } from '../../stores/snapshots/resource.ts';
import { useIsDesktop } from '../../stores/window/face.ts';
import { showToast } from '../../stores/window/toasts.ts';
import { closeOverlay } from '../../stores/window/view.ts';
import { maskedLines } from './masked-lines.ts';

const choices = shellNames.map((shell) => ({ value: shell, title: shells[shell].label }));

/** A profile's key into one open shell: the line itself, or the command that does the same. */
export function ForShell({ name }: { name: string }) {
  const profile = useProfile(name);
  const isDesktop = useIsDesktop();
  const login = useLoginShell();
  const [chosen, setShell] = useState<Shell | null>(null);
  const { busy, problem, run } = useAction();
  const shell = chosen ?? login;
  if (!profile) return null;
  const command = shells[shell].takeUp(name);

  const copy = () =>
    run(async () => {
      const { seconds } = await call('profiles.copyExport', { name, shell });
      closeOverlay();
      showToast({
        tone: 'good',
        text: `The line for ${name} is on the clipboard.`,
        hint: `Paste it into ${shells[shell].label}; it leaves the clipboard in ${seconds} s.`,
      });
    });

  return (
    <>
      <p>The shell you paste it into uses {name} until it ends, whichever profile is current.</p>
      <Choices label="Shell" row choices={choices} value={shell} onChange={setShell} />
      {isDesktop && (
        <div className="shell-line">
          <span className="inscription">The line</span>
          <pre className="mono">{maskedLines(shell, profile)}</pre>
        </div>
      )}
      <div className="shell-line">
        <span className="inscription">
          {isDesktop ? 'Or a command, with no secret in it' : 'The command'}
        </span>
        <pre className="mono">{command}</pre>
      </div>
      {problem && <ProblemNote problem={problem} />}
      <DialogActions>
        <CopyButton text={command} label="Copy the command" />
        {isDesktop && (
          <Button tone="go" busy={busy} disabled={busy} onClick={() => void copy()}>
            Copy the line
          </Button>
        )}
      </DialogActions>
    </>
  );
}

/** The user's own shell; what can't be told counts as sh, which the others understand too. */
const useLoginShell = (): Shell =>
  useShells(({ resource }) => {
    const own = known(resource)?.shells.find(({ login }) => login)?.shell;
    return shellNames.find((shell) => shell === own) ?? 'sh';
  });
