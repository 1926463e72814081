import { ShortcutKeys } from '../../components/forms/button.tsx';
import { Dialog } from '../../components/overlays/dialog.tsx';
import { closeOverlay } from '../../stores/window/view.ts';
import { useModifier } from './shortcuts.ts';

export function ShortcutsDialog() {
  const modifier = useModifier();
  const rows: [string[], string][] = [
    [[`${modifier} P`], 'Switch profile'],
    [[`${modifier} K`], 'Every action'],
    [[`${modifier} 1`, `${modifier} 5`], 'Profiles, Keys, Accounts, Activity, Settings'],
    [['/'], 'Filter the list'],
    [['↓', '↑', 'j', 'k'], 'Move in a list'],
    [['Enter'], 'Open the row’s pane'],
    [['u'], 'Use the row’s profile'],
    [['t'], 'Test the row’s key'],
    [['c'], 'Copy the row’s key'],
    [['e'], 'Export the row’s profile'],
    [['Esc'], 'Close what is open'],
  ];
  return (
    <Dialog title="Keyboard" onClose={closeOverlay}>
      <dl className="shortcuts">
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
