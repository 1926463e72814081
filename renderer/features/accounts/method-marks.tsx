/** Simple, single-colour marks for GitHub and Google. */
import styles from './sign-in-card.module.css';

export function GitHubMark() {
  return (
    <svg className={styles.mark} viewBox="0 0 20 20" width="17" height="17" aria-hidden="true">
      <g fill="none" stroke="currentColor" strokeWidth="1.6" strokeLinecap="round" strokeLinejoin="round">
        <circle cx="5" cy="4" r="2" />
        <circle cx="5" cy="16" r="2" />
        <circle cx="15" cy="6" r="2" />
        <path d="M5 6v8M15 8c0 4-10 2-10 6" />
      </g>
    </svg>
  );
}

export function GoogleMark() {
  return (
    <svg className={styles.mark} viewBox="0 0 20 20" width="17" height="17" aria-hidden="true">
      <path
        d="M15.2 5.2A7 7 0 1 0 17 10h-6.5"
        fill="none"
        stroke="currentColor"
        strokeWidth="2"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
    </svg>
  );
}
