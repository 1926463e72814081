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
    [[`${modifier} 1`, `${modifier} 5`], 'Profiles, Keys, Accounts, Activity, Settings'],
    [['/'], 'Filter list'],
    [['↓', '↑', 'j', 'k'], 'Move in list'],
    [['Enter'], 'Open details'],
    [['u'], 'Use profile'],
    [['t'], 'Test key'],
    [['c'], 'Copy key'],
    [['e'], 'Export profile'],
    [['p'], 'Pin folder to profile'],
    [['s'], 'Add or remove a profile’s star'],
    [['x'], 'Select row'],
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
