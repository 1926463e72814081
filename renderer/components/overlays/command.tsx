import { Command } from 'cmdk';
import type { ReactNode } from 'react';
import { Sheet } from './dialog.tsx';
import './command.css';

/** A list to choose from by typing. Its items are cmdk's, with a `command-name`. */
export function CommandSheet({
  label,
  what,
  placeholder,
  query,
  onQuery,
  onClose,
  first = '',
  foot,
  children,
}: {
  label: string;
  /** What is listed, for screen readers. */
  what: string;
  placeholder: string;
  query: string;
  onQuery: (query: string) => void;
  onClose: () => void;
  /** The item that is chosen at first. */
  first?: string;
  foot?: ReactNode;
  children: ReactNode;
}) {
  return (
    <Sheet label={label} onClose={onClose}>
      <Command label={what} shouldFilter={false} defaultValue={first} loop>
        <Command.Input value={query} onValueChange={onQuery} placeholder={placeholder} />
        <Command.List label={what}>{children}</Command.List>
      </Command>
      {foot && <p className="command-foot soft small">{foot}</p>}
    </Sheet>
  );
}

/** Says that nothing matches, or that the list is loading. */
export function CommandEmpty({ children }: { children: ReactNode }) {
  return <p className="command-empty soft">{children}</p>;
}
