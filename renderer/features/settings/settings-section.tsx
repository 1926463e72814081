import { type ReactNode, useEffect, useRef } from 'react';
import { type SettingsPart, useView } from '../../stores/window/view.ts';
import styles from './settings-section.module.css';

/** A card in Settings. When opened by name, it scrolls into view and takes the focus. */
export function Section({
  title,
  part,
  children,
}: {
  title: string;
  part?: SettingsPart;
  children: ReactNode;
}) {
  const section = useRef<HTMLElement>(null);
  const wanted = useView((view) => part !== undefined && view.part === part);
  useEffect(() => {
    if (!wanted) return;
    section.current?.scrollIntoView({ block: 'start' });
    section.current?.focus({ preventScroll: true });
    useView.setState({ part: null });
  }, [wanted]);
  return (
    <section ref={section} className={styles.section} aria-label={title} tabIndex={part && -1}>
      <h2 className="inscription">{title}</h2>
      <div className={styles.body}>{children}</div>
    </section>
  );
}
