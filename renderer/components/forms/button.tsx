import type { LucideIcon } from 'lucide-react';
import type { ComponentProps } from 'react';
import { Turning } from '../facts/ring.tsx';
import './button.css';

interface Look {
  /** go: the one thing to do here; danger: can't be undone; quiet: without a frame. */
  tone?: 'plain' | 'go' | 'danger' | 'quiet';
  icon?: LucideIcon;
  busy?: boolean;
}

export function Button({
  tone = 'plain',
  icon: Icon,
  busy = false,
  children,
  ...rest
}: ComponentProps<'button'> & Look) {
  return (
    <button type="button" {...rest} className={`button button-${tone}`} aria-busy={busy || undefined}>
      {busy ? <Turning /> : Icon && <Icon size={15} strokeWidth={1.9} aria-hidden="true" />}
      {children !== undefined && <span className="button-text">{children}</span>}
    </button>
  );
}

/** A button of which only the icon is seen; its name is for screen readers and the pointer. */
export function IconButton({
  name,
  icon: Icon,
  busy = false,
  ...rest
}: ComponentProps<'button'> & { name: string; icon: LucideIcon; busy?: boolean }) {
  return (
    <button
      type="button"
      {...rest}
      className="icon-button"
      aria-label={name}
      title={name}
      aria-busy={busy || undefined}
    >
      {busy ? <Turning /> : <Icon size={16} strokeWidth={1.8} aria-hidden="true" />}
    </button>
  );
}

export function ShortcutKeys({ children }: { children: string }) {
  return <kbd className="keys">{children}</kbd>;
}
