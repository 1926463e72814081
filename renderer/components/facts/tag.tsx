import type { ReactNode } from 'react';
import './tag.css';

/** A word in a frame. */
export function Tag({
  look = 'plain',
  className = '',
  children,
}: {
  look?: 'plain' | 'admin' | 'unknown' | 'current';
  className?: string | undefined;
  children: ReactNode;
}) {
  return <span className={`tag tag-${look} ${className}`}>{children}</span>;
}
