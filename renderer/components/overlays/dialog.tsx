import { X } from 'lucide-react';
import { type ReactNode, useEffectEvent, useId, useLayoutEffect, useRef } from 'react';
import { IconButton } from '../forms/button.tsx';
import './dialog.css';

/**
 * A modal dialog on the browser's own element: it keeps the focus inside, makes the rest inert, closes with
 * Escape and gives the focus back.
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
    <dialog ref={dialog} className={`dialog ${wide ? 'dialog-wide' : ''}`} aria-labelledby={id}>
      <header className="dialog-head">
        <h2 id={id}>{title}</h2>
        <IconButton name="Close" icon={X} onClick={onClose} />
      </header>
      <div className="dialog-body">{children}</div>
    </dialog>
  );
}

/** A list over the page, as the palette: nothing but what it is given; a click beside it closes it. */
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
    // the browser closes it by itself on a second Escape; one that may not close yet opens again
    const onClosed = (): void => {
      // told late, of a closing before it was opened again
      if (element.open) return;
      close();
      requestAnimationFrame(() => {
        if (element.isConnected && !element.open) element.showModal();
      });
    };
    element.addEventListener('cancel', onCancel);
    element.addEventListener('close', onClosed);
    element.showModal();
    const first =
      element.querySelector<HTMLElement>('[data-first]') ?? element.querySelector('input, textarea');
    if (first instanceof HTMLElement) first.focus();
    return () => {
      element.removeEventListener('cancel', onCancel);
      element.removeEventListener('close', onClosed);
      element.close();
    };
  }, []);
  return dialog;
}

/** The last line of a dialog: what can be done, the thing to do at the right. */
export function DialogActions({ children }: { children: ReactNode }) {
  return <footer className="dialog-actions">{children}</footer>;
}
