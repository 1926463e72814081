import type { PinnedFolder } from '../../../core/model/pinned-folder.ts';
import { call } from '../../bridge.ts';
import { problemOf } from '../../call-error.ts';
import { shortPath } from '../../format/path.ts';
import { known } from '../../stores/snapshots/resource.ts';
import { useStart } from '../../stores/window/start.ts';
import { showProblem, showToast } from '../../stores/window/toasts.ts';

/** A path as messages show it. */
export const displayPath = (path: string): string =>
  shortPath(path, known(useStart.getState().resource)?.home ?? '');

/** Undoes the last export of a variable to a file. */
export async function undoExport(path: string, variable: string): Promise<void> {
  try {
    const { removed } = await call('exports.undo', { path, variable });
    showToast({
      tone: 'good',
      text: removed
        ? `Export undone. ${displayPath(path)} was deleted.`
        : `Export undone. ${displayPath(path)} was restored.`,
    });
  } catch (error) {
    showProblem(problemOf(error));
  }
}

/** Unpins a folder, and offers undo. */
export async function unpin({ folder, profile, state }: PinnedFolder): Promise<void> {
  try {
    await call('pins.remove', { folder });
    showToast({
      text: `Unpinned ${displayPath(folder)}.`,
      action: state === 'pinned' ? { label: 'Undo', run: () => void pinAgain(profile, folder) } : null,
    });
  } catch (error) {
    showProblem(problemOf(error));
  }
}

async function pinAgain(profile: string, folder: string): Promise<void> {
  try {
    await call('pins.add', { profile, folder });
    showToast({ tone: 'good', text: `Pinned ${displayPath(folder)} to ${profile}.` });
  } catch (error) {
    showProblem(problemOf(error));
  }
}
