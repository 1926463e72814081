import { Star } from 'lucide-react';
import type { ReactNode } from 'react';
import './row-name.css';

/** A row's name, which opens it, and a note below: parts, each a `row-note-part`. */
export function RowName({
  name,
  starred = false,
  describedBy,
  tabIndex,
  onOpen,
  className = '',
  noteClassName = '',
  children,
}: {
  name: string;
  starred?: boolean;
  /** The id of the element with the row's state. */
  describedBy?: string;
  tabIndex: 0 | -1;
  onOpen: () => void;
  className?: string | undefined;
  noteClassName?: string | undefined;
  children: ReactNode;
}) {
  return (
    <div className={`row-name ${className}`}>
      <button
        type="button"
        className="row-main clip"
        data-main
        aria-describedby={describedBy}
        tabIndex={tabIndex}
        onClick={onOpen}
      >
        <b>{name}</b>
        {starred && <Star className="row-star" size={12} strokeWidth={2} aria-hidden="true" />}
      </button>
      <div className={`soft small clip ${noteClassName}`}>{children}</div>
    </div>
  );
}
