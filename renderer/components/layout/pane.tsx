import { X } from 'lucide-react';
import { type ReactNode, useEffect, useRef } from 'react';
import { IconButton } from '../forms/button.tsx';
import './pane.css';

/** The pane beside a list, of one of its rows. Escape closes it. */
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
        <IconButton name="Close the pane" icon={X} onClick={onClose} />
      </div>
      {children}
    </aside>
  );
}

/** Takes the focus when a pane was opened on purpose, and not by moving along the list. */
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

/** What is known, a line each: its name, then what it is. */
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
