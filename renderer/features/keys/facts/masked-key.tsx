import { shortId } from '../../../format/words.ts';
import styles from './masked-key.module.css';

/** A key's id, with dots for the secret. */
export function MaskedKey({ id }: { id: string }) {
  return (
    <span className={`mono soft ${styles.masked}`} title={id}>
      {shortId(id)}
      <span aria-hidden="true">:••••••••</span>
      <span className="unseen">, secret hidden</span>
    </span>
  );
}
