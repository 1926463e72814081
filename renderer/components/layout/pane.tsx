import { X } from 'lucide-react';
import { type ReactNode, useEffect, useRef } from 'react';
import { IconButton } from '../forms/button.tsx';
import './pane.css';

/** The details of a row, beside its list. Escape closes it. */
export function Pane({
  label,
  onClose,
  children,
}: {
  label: string;
  onClose: () => void;
  children: ReactNode;
}) {
  return (
    <aside
      className="pane"
      aria-label={label}
      data-pane
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || event.defaultPrevented) return;
        event.preventDefault();
        onClose();
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
