import type { ReactNode } from 'react';
import { Toasts } from '../../components/overlays/toasts.tsx';
import styles from './whole-page.module.css';

/** A page without navigation: while Varvel starts, and when it can't. */
export function WholePage({ children }: { children: ReactNode }) {
  return (
    <main className={styles.page} aria-label="Varvel">
      <h1 className="unseen">Varvel</h1>
      {children}
      <Toasts />
    </main>
  );
}
