import { formatNumber } from '../../format/count.ts';
import './list-heading.css';

/** A heading between rows, and how many follow. */
export function ListHeading({ name, count }: { name: string; count: number }) {
  return (
    <div className="list-heading">
      <b className="clip">{name}</b>
      <span className="soft">{formatNumber(count)}</span>
    </div>
  );
}
