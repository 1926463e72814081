import { useCallback, useState } from 'react';

/** Whether the pane was opened by choice, and takes the focus, or follows the active row. */
export function usePaneOpener() {
  const [byChoice, setByChoice] = useState(true);
  const choose = useCallback(() => setByChoice(true), []);
  const follow = useCallback(() => setByChoice(false), []);
  return { byChoice, choose, follow };
}

const activeRow = (): HTMLElement | null =>
  document.querySelector('.screen .list-row [data-main][tabindex="0"]');

/** Moves the focus to the active row, as after its pane has closed. On a screen without rows, to its title. */
export function focusActiveRow(): void {
  requestAnimationFrame(() => {
    (activeRow() ?? document.querySelector<HTMLElement>('[data-title]'))?.focus({ preventScroll: true });
  });
}

/** Whether the focus is nowhere in particular, so that a list that has just loaded may take it. */
export const isFocusFree = (): boolean => {
  const { activeElement } = document;
  return activeElement === null || activeElement === document.body || activeElement.matches('[data-title]');
};
