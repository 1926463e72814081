import type { ExportedFile } from '../../../core/exports/formats/exported-file.ts';
import type { PinnedFolder } from '../../../core/model/machine/pinned-folder.ts';
import { call } from '../../bridge.ts';
import { problemOf } from '../../call-error.ts';
import { shortPath } from '../../format/path.ts';
import { known } from '../../stores/snapshots/resource.ts';
import { useStart } from '../../stores/window/start.ts';
import { showProblem, showToast } from '../../stores/window/toasts.ts';

/** A path as messages show it. */
export const displayPath = (path: string): string =>
  shortPath(path, known(useStart.getState().resource)?.home ?? '');

/** A profile's export to a file. */
type Exported = Pick<ExportedFile, 'profile' | 'path' | 'variable' | 'format'>;

/**
 * Undoes the last export of a variable to a file, and offers to redo it.
 * @param canRedo false when exporting again would write another key
 */
export async function undoExport(exported: Exported, canRedo: boolean): Promise<void> {
  const { path, variable } = exported;
  const { removed } = await call('exports.undo', { path, variable });
  showToast({
    tone: 'good',
    text: removed
      ? `Export undone. ${displayPath(path)} was deleted.`
      : `Export undone. ${displayPath(path)} was restored.`,
    action: canRedo ? { label: 'Redo', run: () => void redoExport(exported) } : null,
  });
}

/** Undoes an export that was shown a moment ago. */
export async function undoNow(exported: Exported): Promise<void> {
  try {
    await undoExport(exported, true);
  } catch (error) {
    showProblem(problemOf(error));
  }
}

async function redoExport(exported: Exported): Promise<void> {
  const { profile, path, variable, format } = exported;
  try {
    await call('exports.write', { profile, file: path, format, variable, force: false });
    showToast({
      tone: 'good',
      text: `Exported ${variable} of ${profile} to ${displayPath(path)} again.`,
      action: { label: 'Undo', run: () => void undoNow(exported) },
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
