import { useEffect, useRef, useState } from 'react';
import { goToSettings, type SettingsPart, settingsParts } from '../../stores/window/view.ts';
import styles from './settings-nav.module.css';
import { settingsTitles } from './settings-section.tsx';

/** Jumps to a card of Settings, and shows which one is in view. */
export function SettingsNav({ absent }: { absent: SettingsPart[] }) {
  const list = useRef<HTMLUListElement>(null);
  const [shown, setShown] = useState<SettingsPart>('vault');
  const chosen = useRef<SettingsPart | null>(null);
  useEffect(() => {
    const scrolled = list.current?.parentElement;
    if (!scrolled) return;
    const look = (): void => setShown((before) => partInView(scrolled, chosen.current) ?? before);
    scrolled.addEventListener('scroll', look, { passive: true });
    return () => scrolled.removeEventListener('scroll', look);
  }, []);
  return (
    <ul ref={list} className={styles.parts} aria-label="Sections of Settings">
      {settingsParts
        .filter((part) => !absent.includes(part))
        .map((part) => (
          <li key={part}>
            <button
              type="button"
              className={styles.part}
              aria-current={part === shown || undefined}
              onClick={() => {
                chosen.current = part;
                setShown(part);
                goToSettings(part);
              }}
            >
              {settingsTitles[part]}
            </button>
          </li>
        ))}
    </ul>
  );
}

/** The chosen card while it is in view, as the last ones can't reach the top. Otherwise the one at the top, or at the end. */
function partInView(scrolled: HTMLElement, chosen: SettingsPart | null): SettingsPart | null {
  const view = scrolled.getBoundingClientRect();
  const tops = settingsParts.flatMap((part) => {
    const card = scrolled.querySelector(`[data-part="${part}"]`)?.getBoundingClientRect();
    return card ? [{ part, top: card.top - view.top, bottom: card.bottom - view.top }] : [];
  });
  const ofChoice = tops.find(({ part }) => part === chosen);
  if (ofChoice && ofChoice.top >= -1 && ofChoice.top < view.height) return ofChoice.part;
  const atEnd = scrolled.scrollTop + scrolled.clientHeight >= scrolled.scrollHeight - 2;
  if (atEnd) return tops.at(-1)?.part ?? null;
  const reached = tops.filter(({ top }) => top <= view.height / 4);
  return reached.at(-1)?.part ?? null;
}
