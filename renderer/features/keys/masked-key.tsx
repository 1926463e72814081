import { shortId } from '../../format/words.ts';

/** A key's id, with dots for the secret. */
export function MaskedKey({ id }: { id: string }) {
  return (
    <span className="masked mono soft" title={id}>
      {shortId(id)}
      <span aria-hidden="true">:••••••••</span>
      <span className="unseen">, secret hidden</span>
    </span>
  );
}
