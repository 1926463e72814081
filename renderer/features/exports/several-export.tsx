import { type FormEvent, useState } from 'react';
import type { FileFormat } from '../../../core/exports/formats/formats.ts';
import type { ProfileView } from '../../../core/model/profile.ts';
import { call } from '../../bridge.ts';
import { useAction } from '../../components/forms/action.ts';
import { Button } from '../../components/forms/button.tsx';
import { TextField } from '../../components/forms/field.tsx';
import { ProblemNote } from '../../components/layout/note.tsx';
import { Dialog, DialogActions } from '../../components/overlays/dialog.tsx';
import { countOf } from '../../format/count.ts';
import { useProfileRows } from '../../stores/profiles.ts';
import { closeOverlay } from '../../stores/window/view.ts';
import { exportAll } from './export-all.ts';
import { PathField } from './path-field.tsx';
import { usePlanning } from './planning.ts';
import { FormatField, formatHelp, mayWrite, Preview, TrackedNote } from './preview.tsx';
import styles from './several-export.module.css';
import { suggestVariables } from './suggest-variables.ts';

/** Exports the keys of several profiles to one file, each to a variable of its own. */
export function SeveralExportDialog({ names }: { names: readonly string[] }) {
  const wanted = new Set(names);
  const chosen = useProfileRows().filter(({ name }) => wanted.has(name));
  const withKey = chosen.filter(({ keyId }) => keyId !== null);
  if (withKey.length === 0) return null;
  const left = chosen.filter(({ keyId }) => keyId === null).map(({ name }) => name);
  return (
    <Dialog title={`Export ${countOf(withKey.length, 'profile')}`} onClose={closeOverlay} wide>
      {left.length > 0 && (
        <p className="soft">
          Left out, as {left.length === 1 ? 'it has' : 'they have'} no key: {left.join(', ')}.
        </p>
      )}
      <SeveralExport profiles={withKey} />
    </Dialog>
  );
}

function SeveralExport({ profiles }: { profiles: ProfileView[] }) {
  const [path, setPath] = useState('');
  const [format, setFormat] = useState<FileFormat | null>(null);
  const [typed, setTyped] = useState<Readonly<Record<string, string>>>({});
  const [confirmed, setConfirmed] = useState(false);
  const [tried, setTried] = useState(false);
  const { busy, problem, run, clear } = useAction();
  const [failures, setFailures] = useState(0);
  const suggested = suggestVariables(profiles.map(({ name }) => name));
  const lines = profiles.map(({ name }) => ({
    profile: name,
    variable: typed[name] ?? suggested[name] ?? '',
  }));
  const isNamed = lines.every(({ variable }) => variable.trim() !== '');
  const asked = {
    file: path.trim(),
    format,
    profiles: lines.map(({ profile, variable }) => ({ profile, variable: variable.trim() })),
  };
  const keys = profiles.map(({ keyId }) => keyId);
  const question = asked.file === '' || !isNamed ? null : JSON.stringify([asked, keys, failures]);
  const planning = usePlanning(question, () => call('exports.planAll', asked));
  const ready = mayWrite(planning, confirmed);

  const changing = (change: () => void): void => {
    change();
    setConfirmed(false);
    clear();
  };
  const write = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setTried(true);
    if (!ready || busy) return;
    await run(async () => {
      try {
        await exportAll({ ...asked, force: confirmed });
        closeOverlay();
      } catch (error) {
        // the file may have changed, so plan again
        setFailures((before) => before + 1);
        throw error;
      }
    });
  };

  return (
    <form className="dialog-form" onSubmit={(event) => void write(event)} noValidate>
      <PathField
        label="File"
        kind="file_to_write"
        value={path}
        placeholder="~/shop/.env"
        wrong={tried && path.trim() === '' ? 'Enter a file, such as ~/shop/.env.' : ''}
        onChange={(to) => changing(() => setPath(to))}
      />
      <FormatField format={format} onChange={(to) => changing(() => setFormat(to))} />
      <p className={`soft small ${styles.readers}`}>{formatHelp(format, planning)}</p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: so that the keyboard can scroll it */}
      <section className={styles.variables} aria-label="Variables" tabIndex={0}>
        {lines.map(({ profile, variable }) => (
          <TextField
            key={profile}
            label={`Variable for ${profile}`}
            value={variable}
            maxLength={128}
            wrong={tried && variable.trim() === '' ? 'Enter a variable.' : ''}
            onChange={({ target }) =>
              changing(() => setTyped((before) => ({ ...before, [profile]: target.value })))
            }
          />
        ))}
      </section>
      <Preview planning={planning} unchanged="The file already has all of them." />
      <TrackedNote planning={planning} confirmed={confirmed} onConfirm={setConfirmed} />
      {problem && <ProblemNote problem={problem} />}
      <DialogActions>
        <Button onClick={closeOverlay}>Cancel</Button>
        <Button
          tone="go"
          type="submit"
          busy={busy}
          disabled={busy || (path.trim() !== '' && isNamed && !ready)}
        >
          Export {countOf(profiles.length, 'profile')}
        </Button>
      </DialogActions>
    </form>
  );
}
