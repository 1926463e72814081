import type { Input } from '../../../../contract/methods.ts';
import { call } from '../../../bridge.ts';
import { problemOf } from '../../../call-error.ts';
import { countOf } from '../../../format/count.ts';
import { showProblem, showToast } from '../../../stores/window/toasts.ts';
import { displayPath } from '../export-actions.ts';

type Asked = Input<'exports.writeAll'>;

/** Exports several profiles to one file, and offers undo of what changed. @throws CallError */
export async function exportAll(asked: Asked): Promise<void> {
  const { path, changed } = await call('exports.writeAll', asked);
  const what = countOf(asked.profiles.length, 'profile');
  if (changed.length === 0) {
    showToast({ text: `${displayPath(path)} already has the keys of ${what}.` });
    return;
  }
  showToast({
    tone: 'good',
    text: `Exported ${what} to ${displayPath(path)}.`,
    action: { label: 'Undo', run: () => void undoAll(asked, path, changed) },
  });
}

async function undoAll(asked: Asked, path: string, variables: string[]): Promise<void> {
  try {
    const { removed } = await call('exports.undoAll', { path, variables });
    showToast({
      tone: 'good',
      text: `Export undone. ${displayPath(path)} was ${removed ? 'deleted' : 'restored'}.`,
      action: { label: 'Redo', run: () => void redoAll(asked) },
    });
  } catch (error) {
    showProblem(problemOf(error));
  }
}

async function redoAll(asked: Asked): Promise<void> {
  try {
    await exportAll(asked);
  } catch (error) {
    showProblem(problemOf(error));
  }
}
