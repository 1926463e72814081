import { useState } from 'react';
import type { ProfileView } from '../../../../core/model/profile.ts';
import { call } from '../../../bridge.ts';
import { Button } from '../../../components/forms/button.tsx';
import { TextField } from '../../../components/forms/field.tsx';
import { ProblemNote } from '../../../components/layout/note.tsx';
import { Dialog, DialogActions } from '../../../components/overlays/dialog.tsx';
import { countOf } from '../../../format/count.ts';
import { useProfileRows } from '../../../stores/profiles.ts';
import { closeOverlay } from '../../../stores/window/view.ts';
import { useExportForm } from '../export-form.ts';
import { PathField } from '../path-field.tsx';
import { usePlanning } from '../planning.ts';
import { FormatField, formatHelp, mayWrite, Preview, TrackedNote } from '../preview.tsx';
import { exportAll } from './export-all.ts';
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
  const form = useExportForm({ path: '', format: null });
  const { file, format, confirmed, tried, busy, problem, changing } = form;
  const [typed, setTyped] = useState<Readonly<Record<string, string>>>({});
  const suggested = suggestVariables(profiles.map(({ name }) => name));
  const lines = profiles.map(({ name }) => ({
    profile: name,
    variable: typed[name] ?? suggested[name] ?? '',
  }));
  const isNamed = lines.every(({ variable }) => variable.trim() !== '');
  const asked = {
    file,
    format,
    profiles: lines.map(({ profile, variable }) => ({ profile, variable: variable.trim() })),
  };
  const keys = profiles.map(({ keyId }) => keyId);
  const question = file === '' || !isNamed ? null : JSON.stringify([asked, keys, form.failures]);
  const planning = usePlanning(question, () => call('exports.planAll', asked));
  const ready = mayWrite(planning, confirmed);

  const write = async (force: boolean): Promise<void> => {
    await exportAll({ ...asked, force });
    closeOverlay();
  };

  return (
    <form className="dialog-form" onSubmit={(event) => void form.send(event, ready, write)} noValidate>
      <PathField {...form.pathField} />
      <FormatField {...form.formatField} />
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
      <TrackedNote planning={planning} confirmed={confirmed} onConfirm={form.setConfirmed} />
      {problem && <ProblemNote problem={problem} />}
      <DialogActions>
        <Button onClick={closeOverlay}>Cancel</Button>
        <Button tone="go" type="submit" busy={busy} disabled={busy || (file !== '' && isNamed && !ready)}>
          Export {countOf(profiles.length, 'profile')}
        </Button>
      </DialogActions>
    </form>
  );
}
