import { profileColors } from '../../../core/model/profile.ts';
import './ring.css';

const known: readonly string[] = profileColors;

/** The CSS colour of a profile. Brass for an invalid one. */
export function ringColor(color: string): string {
  if (known.includes(color)) return `var(--ring-${color})`;
  return /^#[0-9a-f]{6}$/i.test(color) ? color : 'var(--ring-brass)';
}

/** A profile's ring. The current profile's has a filled core. */
export function Ring({
  color,
  size = 20,
  current = false,
  className = '',
}: {
  color: string;
  size?: number;
  current?: boolean;
  className?: string | undefined;
}) {
  return (
    <svg
      className={`ring ${className}`}
      viewBox="0 0 20 20"
      width={size}
      height={size}
      aria-hidden="true"
      style={{ color: ringColor(color) }}
    >
      <circle className="ring-band" cx="10" cy="10" r="7" />
      {size >= 22 && <circle className="ring-engraving" cx="10" cy="10" r="7" />}
      {current && <circle className="ring-core" cx="10" cy="10" r="2.6" />}
    </svg>
  );
}

/** A dashed ring, for no profile. */
export function NoRing({ size = 18 }: { size?: number }) {
  return <span className="no-ring" style={{ width: size, height: size }} aria-hidden="true" />;
}

/** A spinner, for work in progress. */
export function Spinner({ size = 14 }: { size?: number }) {
  return (
    <svg className="spinner" viewBox="0 0 20 20" width={size} height={size} aria-hidden="true">
      <circle className="spinner-track" cx="10" cy="10" r="7.5" />
      <circle className="spinner-arc" cx="10" cy="10" r="7.5" />
    </svg>
  );
}
