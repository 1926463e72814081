import styles from './logo.module.css';

/** Varvel's logo: an engraved ring with its loop. */
export function Logo({ size }: { size: number }) {
  return (
    <svg className={styles.logo} viewBox="0 0 32 32" width={size} height={size} aria-hidden="true">
      <path className={styles.loop} d="M12.5 5.5a3.5 3.5 0 0 1 7 0" />
      <circle className={styles.band} cx="16" cy="17.5" r="10" />
      <circle className={styles.engraving} cx="16" cy="17.5" r="10" />
    </svg>
  );
}
