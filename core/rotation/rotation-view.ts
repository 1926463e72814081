import type { ErrorCode } from '../model/error.ts';
import type { Hint } from '../model/hint.ts';
import type { JournalEntry, Rotation, RotationView } from '../model/machine/rotation.ts';
import type { State } from '../ports/state.ts';
import { exportSubject } from './consumers/files.ts';
import { acceptedIn } from './consumers/journal.ts';

/** A rotation as the faces show it. */
export function rotationView(state: State, rotation: Rotation): RotationView {
  const { id, direction, oldKeyId, newKeyId, problem } = rotation;
  const journal = state.rotations.journal(id).filter((entry) => entry.direction === direction);
  const done = (kind: JournalEntry['kind']) =>
    journal.filter((entry) => entry.kind === kind && entry.doneAt !== null).length;
  const toId = direction === 'forward' ? newKeyId : oldKeyId;
  const exported = new Set(toId === null ? [] : state.exports.withKey(toId).map(exportSubject));
  const users = new Set(toId === null ? [] : state.profiles.withKey(toId).map(({ name }) => name));
  const accepted = acceptedIn(journal, rotation);
  const refused = (problem ? journal : []).flatMap(({ subject, problem: why, doneAt }) =>
    why !== null && doneAt === null && !accepted.has(subject) ? [{ subject, message: why }] : [],
  );
  return {
    ...rotation,
    hint: problem ? hintOf(problem.code, oldKeyId, refused.length > 0) : { action: 'none' },
    moved: {
      // one may have lost it since
      profiles: journal.filter(({ kind, subject }) => kind === 'profile' && users.has(subject)).length,
      // a file that was edited, deleted or moved is done with, too
      files: journal.filter(({ kind, subject }) => kind === 'export' && exported.has(subject)).length,
      falcli: done('fal_cli'),
      github: done('github'),
    },
    refused,
    revoked: done('revoke') > 0,
    oldAlias: state.keys.get(oldKeyId)?.alias ?? null,
    newAlias: (newKeyId !== null && state.keys.get(newKeyId)?.alias) || rotation.alias,
  };
}

/** What to do about a rotation's problem. */
function hintOf(code: ErrorCode, keyId: string, isHeld: boolean): Hint {
  switch (code) {
    case 'not_signed_in':
      return { action: 'sign_in', connection: null };
    case 'vault_locked':
    case 'wrong_passphrase':
      return { action: 'unlock_vault' };
    case 'unreachable':
      return { action: 'check_network' };
    case 'locked':
      return { action: 'top_up' };
    default:
      return { action: isHeld ? 'release_rotation' : 'resume_rotation', keyId };
  }
}
