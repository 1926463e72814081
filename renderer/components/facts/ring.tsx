import { profileColors } from '../../../core/model/profile.ts';
import './ring.css';

const known: readonly string[] = profileColors;

/** Anything that is neither a known name nor #rrggbb could not have been stored; it is shown as brass. */
export function ringColor(color: string): string {
  if (known.includes(color)) return `var(--ring-${color})`;
  return /^#[0-9a-f]{6}$/i.test(color) ? color : 'var(--ring-brass)';
}

/** A varvel: the small engraved ring that stands for a profile. The current one is filled. */
export function Ring({
  color,
  size = 20,
  current = false,
}: {
  color: string;
  size?: number;
  current?: boolean;
}) {
  return (
    <svg
      className="ring"
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

/** A ring that turns while something is under way. */
export function Turning({ size = 14 }: { size?: number }) {
  return (
    <svg className="turning" viewBox="0 0 20 20" width={size} height={size} aria-hidden="true">
      <circle className="turning-track" cx="10" cy="10" r="7.5" />
      <circle className="turning-arc" cx="10" cy="10" r="7.5" />
    </svg>
  );
}
