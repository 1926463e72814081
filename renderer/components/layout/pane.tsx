import { X } from 'lucide-react';
import { type ReactNode, useEffect, useRef } from 'react';
import { IconButton } from '../forms/button.tsx';
import { type MenuItem, runLetter } from '../overlays/menu-items.tsx';
import './pane.css';

/** The details of a row, beside its list. Escape closes it, and the row's letters work in it. */
export function Pane({
  label,
  menu,
  onClose,
  children,
}: {
  label: string;
  menu: readonly MenuItem[];
  onClose: () => void;
  children: ReactNode;
}) {
  return (
    <aside
      className="pane"
      aria-label={label}
      data-pane
      onKeyDown={(event) => {
        const { key, target, defaultPrevented } = event;
        if (defaultPrevented) return;
        if (key === 'Escape') {
          event.preventDefault();
          onClose();
        }
        if (event.ctrlKey || event.metaKey || event.altKey || !(target instanceof HTMLElement)) return;
        if (target.closest('input:not([type="radio"]), textarea, select, [role="menu"]')) return;
        if (runLetter(menu, key)) event.preventDefault();
      }}
    >
      <div className="pane-close">
        <IconButton name="Close details" icon={X} onClick={onClose} />
      </div>
      {children}
    </aside>
  );
}

/** A pane's title. Takes the focus when the pane was opened by choice. */
export function PaneTitle({ children, focused }: { children: ReactNode; focused: boolean }) {
  const title = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (focused) title.current?.focus({ preventScroll: true });
  }, [focused]);
  return (
    <h2 className="pane-title" ref={title} tabIndex={-1}>
      {children}
    </h2>
  );
}

/** A list of names and values. */
export function Facts({ children }: { children: ReactNode }) {
  return <dl className="facts">{children}</dl>;
}

export function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="fact">
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

/** A part of the pane in a frame. Its children begin with its heading, an h3. */
export function PaneCard({ label, children }: { label: string; children: ReactNode }) {
  return (
    <section className="pane-card" aria-label={label}>
      {children}
    </section>
  );
}
