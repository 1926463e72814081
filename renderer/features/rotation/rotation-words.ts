import type { RotationView } from '../../../core/model/machine/rotation.ts';
import { dateAndTime } from '../../format/age.ts';
import { countOf } from '../../format/count.ts';

/** What a rotation does next, for its progress. */
export const stepLabels = {
  create: 'Create new key',
  test: 'Test new key',
  switch: 'Update profiles and files',
  wait: 'Keep both keys working',
  revoke: 'Revoke old key',
} as const;

/** Where a rotation stands, in a sentence. */
export function rotationState({ direction, step, revokeAt, moved, problem }: RotationView): string {
  const goes = direction === 'forward' ? 'old' : 'new';
  if (problem) return 'The rotation needs attention.';
  if (step === 'wait' && revokeAt !== null) return `The ${goes} key works until ${dateAndTime(revokeAt)}.`;
  if (step === 'switch') return `Updating ${countOf(moved.profiles + moved.files + moved.github, 'place')}…`;
  return direction === 'forward' ? 'Rotating…' : 'Aborting…';
}

/** How a rotation ended. */
export function endWords({ direction, newKeyId, revoked }: RotationView): string {
  if (direction === 'forward') return 'The key is rotated. The old one no longer works.';
  return revoked || newKeyId === null
    ? 'The rotation is aborted. Everything uses the old key again.'
    : 'The rotation is over: neither key can be used here any more. Nothing was revoked.';
}

/** The same for a row, short. */
export function rotationMark(rotation: RotationView, keyId: string): string {
  const { direction, oldKeyId, step, revokeAt, problem } = rotation;
  if (problem) return 'Rotation stopped';
  const goes = direction === 'forward' ? oldKeyId === keyId : oldKeyId !== keyId;
  if (step !== 'wait' || revokeAt === null) return 'Rotating';
  return goes ? `Until ${dateAndTime(revokeAt)}` : 'Replaces the old key';
}
