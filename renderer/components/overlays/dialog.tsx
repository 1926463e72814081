import { X } from 'lucide-react';
import { type ReactNode, useEffectEvent, useId, useLayoutEffect, useRef } from 'react';
import { IconButton } from '../forms/button.tsx';
import './dialog.css';

/**
 * A modal dialog on the browser's own element, which traps the focus, makes the rest inert, closes on Escape and
 * restores the focus.
 */
export function Dialog({
  title,
  onClose,
  children,
  wide = false,
}: {
  title: ReactNode;
  onClose: () => void;
  children: ReactNode;
  wide?: boolean;
}) {
  const dialog = useModal(onClose);
  const id = useId();
  return (
    <dialog ref={dialog} className={`dialog ${wide ? 'dialog-wide' : ''}`} aria-labelledby={id} tabIndex={-1}>
      <header className="dialog-head">
        <h2 id={id}>{title}</h2>
        <IconButton name="Close" icon={X} onClick={onClose} />
      </header>
      <div className="dialog-body">{children}</div>
    </dialog>
  );
}

/** A bare modal, as for the palette. A click outside closes it. */
export function Sheet({
  label,
  onClose,
  children,
}: {
  label: string;
  onClose: () => void;
  children: ReactNode;
}) {
  const dialog = useModal(onClose);
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Escape does the same
    <dialog
      ref={dialog}
      className="sheet"
      aria-label={label}
      onClick={(event) => {
        if (event.target === dialog.current) onClose();
      }}
    >
      {children}
    </dialog>
  );
}

function useModal(onClose: () => void) {
  const dialog = useRef<HTMLDialogElement>(null);
  const close = useEffectEvent(onClose);
  useLayoutEffect(() => {
    const element = dialog.current;
    if (!element) return;
    const onCancel = (event: Event): void => {
      // a file field's own cancel bubbles too
      if (event.target !== element) return;
      event.preventDefault();
      close();
    };
    // the browser closes it on a second Escape; reopen it if it must stay open
    const onClosed = (): void => {
      // a late event, from before it was reopened
      if (element.open) return;
      close();
      requestAnimationFrame(() => {
        if (element.isConnected && !element.open) element.showModal();
      });
    };
    element.addEventListener('cancel', onCancel);
    element.addEventListener('close', onClosed);
    element.showModal();
    const stopFocusing = focusFirst(element);
    return () => {
      stopFocusing();
      element.removeEventListener('cancel', onCancel);
      element.removeEventListener('close', onClosed);
      element.close();
    };
  }, []);
  return dialog;
}

const enabled = (selector: string): string => `:is(${selector}):not(:disabled)`;

/** Where a dialog's focus belongs: what is marked, its first field, or its action. Never its × button. */
function firstIn(dialog: HTMLElement): HTMLElement {
  const find = (selector: string) => dialog.querySelectorAll<HTMLElement>(enabled(selector));
  return (
    find('[data-first]')[0] ??
    find('input, textarea, select')[0] ??
    [...find('.dialog-actions button')].at(-1) ??
    dialog
  );
}

/**
 * Gives the focus to what belongs first. What loads or is enabled later still gets it, until the person does something.
 * Returns a function that stops it.
 */
function focusFirst(dialog: HTMLElement): () => void {
  const focus = (): void => {
    const first = firstIn(dialog);
    if (first !== document.activeElement) first.focus();
  };
  focus();
  const observer = new MutationObserver(focus);
  observer.observe(dialog, {
    subtree: true,
    childList: true,
    attributes: true,
    attributeFilter: ['disabled'],
  });
  const stop = (): void => observer.disconnect();
  for (const done of ['keydown', 'pointerdown', 'input']) dialog.addEventListener(done, stop, { once: true });
  return stop;
}

/** A dialog's buttons, with the main action on the right. */
export function DialogActions({ children }: { children: ReactNode }) {
  return <footer className="dialog-actions">{children}</footer>;
}
