import { useCallback, useState } from 'react';

/** Whether the pane was opened by choice, and takes the focus, or follows the active row. */
export function usePaneOpener() {
  const [byChoice, setByChoice] = useState(true);
  const choose = useCallback(() => setByChoice(true), []);
  const follow = useCallback(() => setByChoice(false), []);
  return { byChoice, choose, follow };
}

/** Moves the focus back to the active row after its pane has closed. */
export function focusActiveRow(): void {
  requestAnimationFrame(() => {
    document.querySelector<HTMLElement>('.list-row [data-main][tabindex="0"]')?.focus();
  });
}
