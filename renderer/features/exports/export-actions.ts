import type { PinnedFolder } from '../../../core/model/pinned-folder.ts';
import { call } from '../../bridge.ts';
import { problemOf } from '../../call-error.ts';
import { shortPath } from '../../format/path.ts';
import { known } from '../../stores/snapshots/resource.ts';
import { useStart } from '../../stores/window/start.ts';
import { showProblem, showToast } from '../../stores/window/toasts.ts';

/** A path as it is said in a message. */
export const spoken = (path: string): string =>
  shortPath(path, known(useStart.getState().resource)?.home ?? '');

/** Takes the last export of a variable into a file back. */
export async function undoExport(path: string, variable: string): Promise<void> {
  try {
    const { removed } = await call('exports.undo', { path, variable });
    showToast({
      tone: 'good',
      text: removed ? `${spoken(path)} is gone again.` : `${spoken(path)} is as it was before the export.`,
    });
  } catch (error) {
    showProblem(problemOf(error));
  }
}

/** Ends the pin of a folder, and offers to set it again. */
export async function unpin({ folder, profile, state }: PinnedFolder): Promise<void> {
  try {
    await call('pins.remove', { folder });
    showToast({
      text: `${spoken(folder)} is not pinned any more.`,
      action: state === 'pinned' ? { label: 'Undo', run: () => void pinAgain(profile, folder) } : null,
    });
  } catch (error) {
    showProblem(problemOf(error));
  }
}

async function pinAgain(profile: string, folder: string): Promise<void> {
  try {
    await call('pins.add', { profile, folder });
    showToast({ tone: 'good', text: `${spoken(folder)} is pinned to ${profile} again.` });
  } catch (error) {
    showProblem(problemOf(error));
  }
}
