import { ShortcutKeys } from '../../components/forms/button.tsx';
import { Dialog } from '../../components/overlays/dialog.tsx';
import { closeOverlay } from '../../stores/window/view.ts';
import { useModifier } from './shortcuts.ts';
import styles from './shortcuts-dialog.module.css';

export function ShortcutsDialog() {
  const modifier = useModifier();
  const rows: [string[], string][] = [
    [[`${modifier} P`], 'Switch profile'],
    [[`${modifier} K`], 'Search actions'],
    [[`${modifier} 1 – 5`], 'Open Profiles, Keys, Accounts, Activity or Settings'],
    [['/'], 'Filter list'],
    [['↓', '↑', 'J', 'K'], 'Move in list'],
    [['Enter'], 'Open details'],
    [['U'], 'Use profile'],
    [['T'], 'Test key'],
    [['C'], 'Copy key'],
    [['E'], 'Export profile'],
    [['P'], 'Pin folder to profile'],
    [['S'], 'Add or remove a profile’s star'],
    [['X'], 'Select row'],
    [['Esc'], 'Close'],
  ];
  return (
    <Dialog title="Keyboard shortcuts" onClose={closeOverlay}>
      <dl className={styles.shortcuts}>
        {rows.map(([keys, meaning]) => (
          <div key={meaning}>
            <dt>
              {keys.map((key) => (
                <ShortcutKeys key={key}>{key}</ShortcutKeys>
              ))}
            </dt>
            <dd>{meaning}</dd>
          </div>
        ))}
      </dl>
    </Dialog>
  );
}
