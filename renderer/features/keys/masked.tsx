import { shortId } from '../../format/words.ts';

/** A key as it may always be seen: its id, and dots where the secret is. */
export function Masked({ id }: { id: string }) {
  return (
    <span className="masked mono soft" title={id}>
      {shortId(id)}
      <span aria-hidden="true">:••••••••</span>
      <span className="unseen">, secret hidden</span>
    </span>
  );
}
