import type { RotationView } from '../../../core/model/machine/rotation.ts';
import { call } from '../../bridge.ts';
import { createSnapshot } from '../snapshots/snapshot.ts';

/** Keys that are being replaced. */
export const useRotations = createSnapshot<RotationView[]>(() => call('rotations.list', null));

const none: RotationView[] = [];

export const useRotationRows = (): RotationView[] =>
  useRotations(({ resource }) => (resource.state === 'ready' ? resource.value : none));

/** The rotation that a key is part of, as the old or the new one. */
export const useRotation = (keyId: string): RotationView | null =>
  useRotationRows().find(({ oldKeyId, newKeyId }) => oldKeyId === keyId || newKeyId === keyId) ?? null;
