import { Plus, X } from 'lucide-react';
import { type FormEvent, type ReactNode, useState } from 'react';
import { PathText } from '../../components/facts/path-text.tsx';
import { Button, IconButton } from '../../components/forms/button.tsx';
import { DialogActions } from '../../components/overlays/dialog.tsx';
import { closeOverlay } from '../../stores/window/view.ts';
import { PathField } from '../exports/path-field.tsx';
import styles from './find.module.css';

/** Where to search. */
export interface SearchPlaces {
  roots: string[];
  home: boolean;
  history: boolean;
}

/** Asks for folders, and what else to search. */
export function FindForm({
  onSearch,
  onChange,
  children,
}: {
  onSearch: (places: SearchPlaces) => void;
  onChange: () => void;
  children: ReactNode;
}) {
  const [folders, setFolders] = useState<string[]>([]);
  const [typed, setTyped] = useState('');
  const [home, setHome] = useState(true);
  const [history, setHistory] = useState(true);
  const [tried, setTried] = useState(false);
  const folder = typed.trim();
  const roots = folder === '' || folders.includes(folder) ? folders : [...folders, folder];
  const isNowhere = roots.length === 0 && !home;

  const add = (): void => {
    setFolders(roots);
    setTyped('');
  };
  const search = (event: FormEvent): void => {
    event.preventDefault();
    setTried(true);
    if (isNowhere) return;
    add();
    onSearch({ roots, home, history });
  };

  return (
    <form className="dialog-form" onSubmit={search} onChange={onChange} noValidate>
      <p>
        Varvel searches for the exact keys in its vault, as they are and in base64, URL, JSON and UTF-16 form.
        It shows where they are, never the secret.
      </p>
      <label className="check">
        <input type="checkbox" checked={home} onChange={({ target }) => setHome(target.checked)} />
        Usual places in your home folder: shell histories, start-up files, agents
      </label>
      {folders.length > 0 && (
        <ul className={styles.folders} aria-label="Folders to search">
          {folders.map((each) => (
            <li key={each}>
              <PathText path={each} />
              <IconButton
                name={`Leave out ${each}`}
                icon={X}
                onClick={() => setFolders(folders.filter((other) => other !== each))}
              />
            </li>
          ))}
        </ul>
      )}
      <div className={styles.add}>
        <PathField
          label={folders.length > 0 ? 'Another folder or file' : 'Folder or file'}
          kind="folder"
          value={typed}
          placeholder="~/code"
          wrong={tried && isNowhere ? 'Enter a folder, such as ~/code.' : ''}
          onChange={setTyped}
        />
        <Button icon={Plus} disabled={folder === ''} onClick={add}>
          Add
        </Button>
      </div>
      <label className="check">
        <input type="checkbox" checked={history} onChange={({ target }) => setHistory(target.checked)} />
        The whole history of git repositories in these folders
      </label>
      {children}
      <DialogActions>
        <Button onClick={closeOverlay}>Close</Button>
        <Button tone="go" type="submit">
          Search
        </Button>
      </DialogActions>
    </form>
  );
}
