import { toHint } from '../../../core/model/hint.ts';
import { call } from '../../bridge.ts';
import { problemOf } from '../../call-error.ts';
import { known } from '../../stores/snapshots/resource.ts';
import { useStart } from '../../stores/window/start.ts';
import { showProblem, showToast } from '../../stores/window/toasts.ts';

const isWeb = (): boolean => known(useStart.getState().resource)?.face === 'web';

/**
 * Copies a key. On the desktop the main process writes the clipboard, so the key never enters the window. In a browser
 * the page must receive the key, and says so.
 */
export async function copyKey(id: string): Promise<void> {
  try {
    if (isWeb()) {
      const { key } = await call('keys.reveal', { id });
      await navigator.clipboard.writeText(key);
      showToast({
        tone: 'good',
        text: 'Key copied.',
        hint: 'In the web view, the key passes through this page and stays on the clipboard. Copy something else when you’re done.',
      });
      return;
    }
    const { seconds } = await call('keys.copy', { id });
    showToast({ tone: 'good', text: `Key copied. The clipboard will be cleared in ${seconds} s.` });
  } catch (error) {
    showProblem(copyProblem(error));
  }
}

function copyProblem(error: unknown) {
  if (!(error instanceof DOMException)) return problemOf(error);
  return {
    code: 'refused',
    message: 'The browser blocked access to the clipboard.',
    hint: toHint('Reveal the key and copy it manually.'),
  };
}
