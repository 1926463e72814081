import type { LucideIcon } from 'lucide-react';
import type { ComponentProps } from 'react';
import { Spinner } from '../facts/ring.tsx';
import './button.css';

interface Look {
  /** go: the main action; danger: can't be undone; quiet: without a frame. */
  tone?: 'plain' | 'go' | 'danger' | 'quiet' | undefined;
  icon?: LucideIcon;
  busy?: boolean;
}

export function Button({
  tone = 'plain',
  icon: Icon,
  busy = false,
  className = '',
  children,
  ...rest
}: ComponentProps<'button'> & Look) {
  return (
    <button
      type="button"
      {...rest}
      className={`button button-${tone} ${className}`}
      aria-busy={busy || undefined}
    >
      {busy ? <Spinner /> : Icon && <Icon size={15} strokeWidth={1.9} aria-hidden="true" />}
      {children !== undefined && <span>{children}</span>}
    </button>
  );
}

/** A button with an icon only. Its name is its tooltip, and what screen readers say. */
export function IconButton({
  name,
  letter,
  icon: Icon,
  busy = false,
  className = '',
  ...rest
}: ComponentProps<'button'> & {
  name: string;
  /** The key that does the same on the active row. */
  letter?: string;
  icon: LucideIcon;
  busy?: boolean;
}) {
  return (
    <button
      type="button"
      {...rest}
      className={`icon-button ${className}`}
      aria-label={name}
      title={letter ? `${name} (${letter.toUpperCase()})` : name}
      aria-busy={busy || undefined}
    >
      {busy ? <Spinner /> : <Icon size={16} strokeWidth={1.8} aria-hidden="true" />}
    </button>
  );
}

export function ShortcutKeys({
  className = '',
  children,
}: {
  className?: string | undefined;
  children: string;
}) {
  return <kbd className={`keys ${className}`}>{children}</kbd>;
}
