import type { ReactNode } from 'react';

/** A row's name, which opens it, and a note below. */
export function RowName({
  name,
  tabIndex,
  onOpen,
  children,
}: {
  name: string;
  tabIndex: 0 | -1;
  onOpen: () => void;
  children: ReactNode;
}) {
  return (
    <div className="row-name">
      <button type="button" className="row-main clip" data-main tabIndex={tabIndex} onClick={onOpen}>
        <b>{name}</b>
      </button>
      <div className="row-note soft small clip">{children}</div>
    </div>
  );
}
