import { useCallback, useState } from 'react';

/** Whether a pane was opened on purpose, so that it takes the focus, or follows the row that is active. */
export function usePaneOpener() {
  const [byChoice, setByChoice] = useState(true);
  const choose = useCallback(() => setByChoice(true), []);
  const follow = useCallback(() => setByChoice(false), []);
  return { byChoice, choose, follow };
}

/** Back to the row after its pane was closed; the list knows which one was active. */
export function focusActiveRow(): void {
  requestAnimationFrame(() => {
    document.querySelector<HTMLElement>('.list-row [data-main][tabindex="0"]')?.focus();
  });
}
