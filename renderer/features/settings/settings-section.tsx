import { type ReactNode, useEffect, useRef } from 'react';
import { type SettingsPart, useView } from '../../stores/window/view.ts';
import styles from './settings-section.module.css';

export const settingsTitles: Record<SettingsPart, string> = {
  vault: 'Vault',
  shells: 'Shells',
  falcli: 'fal CLI',
  appearance: 'Appearance',
  clipboard: 'Clipboard',
  activity: 'Activity',
  reminders: 'Reminders',
  money: 'Balances',
  startup: 'Startup',
  backup: 'Backup',
  environment: 'Environment',
  updates: 'Updates',
  about: 'About',
};

/** A card in Settings. When opened by name, it scrolls into view and takes the focus. */
export function Section({ part, children }: { part: SettingsPart; children: ReactNode }) {
  const title = settingsTitles[part];
  const section = useRef<HTMLElement>(null);
  const wanted = useView((view) => view.part === part);
  useEffect(() => {
    if (!wanted) return;
    section.current?.scrollIntoView({ block: 'start' });
    section.current?.focus({ preventScroll: true });
    useView.setState({ part: null });
  }, [wanted]);
  return (
    <section ref={section} className={styles.section} aria-label={title} data-part={part} tabIndex={-1}>
      <h2 className="inscription">{title}</h2>
      <div className={styles.body}>{children}</div>
    </section>
  );
}
