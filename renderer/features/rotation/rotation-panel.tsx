import { Button } from '../../components/forms/button.tsx';
import { Note } from '../../components/layout/note.tsx';
import { useRotation } from '../../stores/keys/rotations.ts';
import { openOverlay } from '../../stores/window/view.ts';
import { rotationState } from './rotation-words.ts';

/** A key's rotation, in its pane. Nothing when it isn't part of one. */
export function RotationPanel({ keyId }: { keyId: string }) {
  const rotation = useRotation(keyId);
  if (!rotation) return null;
  const { direction, oldKeyId, oldAlias, newAlias, problem, step } = rotation;
  const open = () => openOverlay({ kind: 'rotate', keyId: oldKeyId });
  const isOld = oldKeyId === keyId;
  return (
    <Note
      tone={problem ? 'bad' : 'plain'}
      actions={
        <>
          {step === 'wait' && <Button onClick={open}>Finish now…</Button>}
          {direction === 'forward' && <Button onClick={open}>Abort…</Button>}
          {step !== 'wait' && <Button onClick={open}>Open rotation…</Button>}
        </>
      }
    >
      <b>{isOld ? `Being replaced by ${newAlias}` : `Replaces ${oldAlias ?? oldKeyId.slice(0, 8)}`}</b>
      <div>{problem ? problem.message : rotationState(rotation)}</div>
    </Note>
  );
}
