import { useState } from 'react';
import { activityDayChoices, type FaceSettings } from '../../../core/model/settings.ts';
import { useAction } from '../../components/forms/action.ts';
import { Button } from '../../components/forms/button.tsx';
import { Choices, SelectField } from '../../components/forms/field.tsx';
import { FailedPage, LoadingPage } from '../../components/layout/empty.tsx';
import { ProblemNote } from '../../components/layout/note.tsx';
import { ScreenFrame } from '../../components/layout/screen.tsx';
import { changeSettings, useSettings } from '../../stores/settings.ts';
import { known } from '../../stores/snapshots/resource.ts';
import { useUpdates } from '../../stores/updates.ts';
import { openFalPage } from '../../stores/window/fal-page.ts';
import { useStart } from '../../stores/window/start.ts';
import { openOverlay, type SettingsPart } from '../../stores/window/view.ts';
import { BackupSection } from '../backup/backup-section.tsx';
import { FalcliSection } from '../falcli/falcli-section.tsx';
import { RotateAfterOptions } from '../keys/rotate-by.tsx';
import { SettingsNav } from './settings-nav.tsx';
import styles from './settings-screen.module.css';
import { Section } from './settings-section.tsx';
import { ShellsSection } from './shells-section.tsx';
import { UpdatesSection } from './updates-section.tsx';
import { VaultSection } from './vault-section.tsx';

export function SettingsScreen() {
  const { resource, reload } = useSettings();
  const updates = useUpdates((store) => known(store.resource));
  const absent: SettingsPart[] = [
    ...(known(resource)?.startAtLogin === null ? (['startup'] as const) : []),
    ...(updates === null ? (['updates'] as const) : []),
  ];
  return (
    <ScreenFrame title="Settings">
      {resource.state === 'loading' && <LoadingPage what="settings" />}
      {resource.state === 'failed' && <FailedPage problem={resource.problem} onRetry={() => void reload()} />}
      {resource.state === 'ready' && (
        <div className={`screen-scroll ${styles.screen}`}>
          <SettingsNav absent={absent} />
          <div className={styles.settings}>
            <VaultSection />
            <ShellsSection />
            <FalcliSection />
            <Preferences settings={resource.value} />
            <BackupSection />
            <EnvironmentSection />
            {updates && <UpdatesSection updates={updates} />}
            <About />
          </div>
        </div>
      )}
    </ScreenFrame>
  );
}

const themes: { value: FaceSettings['theme']; title: string }[] = [
  { value: 'system', title: 'Match system' },
  { value: 'light', title: 'Light' },
  { value: 'dark', title: 'Dark' },
];

const moneyReadings: { value: FaceSettings['moneyReading']; title: string; text: string }[] = [
  {
    value: 'automatic',
    title: 'Automatically',
    text: 'Every 10 to 15 minutes, for the tray, the current profile and budgets.',
  },
  {
    value: 'manual',
    title: 'Only when you ask',
    text: 'When you open Accounts or Spend, or read them in a profile. Budgets alert only then.',
  },
];

const activityDays = activityDayChoices.map((value) => ({
  value,
  title: value === 365 ? '1 year' : `${value} days`,
}));

function Preferences({ settings }: { settings: FaceSettings }) {
  const { problem, run } = useAction();
  const change = (to: Partial<FaceSettings>) => run(() => changeSettings(to));
  return (
    <>
      <Section part="appearance">
        <Choices
          label="Theme"
          row
          choices={themes}
          value={settings.theme}
          onChange={(theme) => void change({ theme })}
        />
      </Section>
      <Section part="clipboard">
        <ClipboardTime
          key={settings.clipboardSeconds}
          seconds={settings.clipboardSeconds}
          onChange={(clipboardSeconds) => void change({ clipboardSeconds })}
        />
      </Section>
      <Section part="activity">
        <Choices
          label="Keep activity for"
          row
          choices={activityDays}
          value={settings.activityDays}
          onChange={(activityDays) => void change({ activityDays })}
        />
      </Section>
      <Section part="reminders">
        <SelectField
          label="Rotate keys"
          hint="An account or a key can have a rule of its own, in Accounts and in the key’s details."
          value={settings.rotateAfterDays ?? ''}
          onChange={({ target: { value } }) =>
            void change({ rotateAfterDays: value === '' ? null : Number(value) })
          }
        >
          <RotateAfterOptions none="No reminder" value={settings.rotateAfterDays} never={false} />
        </SelectField>
      </Section>
      <Section part="money">
        <Choices
          label="Read balances and spend"
          choices={moneyReadings}
          value={settings.moneyReading}
          onChange={(moneyReading) => void change({ moneyReading })}
        />
      </Section>
      {settings.startAtLogin !== null && (
        <Section part="startup">
          <label className="check">
            <input
              type="checkbox"
              checked={settings.startAtLogin}
              onChange={(event) => void change({ startAtLogin: event.target.checked })}
            />{' '}
            Start Varvel at login
          </label>
        </Section>
      )}
      {problem && <ProblemNote problem={problem} />}
    </>
  );
}

function ClipboardTime({ seconds, onChange }: { seconds: number; onChange: (seconds: number) => void }) {
  const [text, setText] = useState(String(seconds));
  const value = Number(text);
  const isValid = Number.isInteger(value) && value >= 5 && value <= 600;
  const save = (): void => {
    if (isValid && value !== seconds) onChange(value);
  };
  return (
    <div className="field">
      <label htmlFor="clipboard-seconds">Clear a copied key from the clipboard after</label>
      <span className={styles.withUnit}>
        <input
          id="clipboard-seconds"
          className={`input ${styles.seconds}`}
          type="number"
          min={5}
          max={600}
          value={text}
          aria-invalid={!isValid || undefined}
          aria-describedby="clipboard-hint"
          onChange={(event) => setText(event.target.value)}
          onBlur={save}
          onKeyDown={(event) => event.key === 'Enter' && save()}
        />{' '}
        seconds
      </span>
      <div id="clipboard-hint" className={isValid ? 'field-hint' : 'field-wrong'}>
        {isValid
          ? 'Only if it’s still on the clipboard. Varvel also clears it when it quits.'
          : 'Enter 5 to 600 seconds.'}
      </div>
    </div>
  );
}

function EnvironmentSection() {
  const name = useStart(({ resource }) => known(resource)?.environment.name ?? null);
  if (name === null) return null;
  const inSandbox = name === 'sandbox';
  return (
    <Section part="environment">
      <p>
        {inSandbox
          ? 'You’re in the sandbox, a local fal with made-up people and money. Nothing reaches fal.'
          : name === 'fal'
            ? 'You’re using fal. To try things out, switch to the sandbox, a local fal with made-up people and money.'
            : `You’re using ${name}, a custom environment.`}
      </p>
      <div>
        <Button onClick={() => openOverlay({ kind: 'environment', name: inSandbox ? 'fal' : 'sandbox' })}>
          {inSandbox ? 'Switch to fal…' : 'Switch to sandbox…'}
        </Button>
      </div>
    </Section>
  );
}

function About() {
  const start = useStart(({ resource }) => known(resource));
  if (!start) return null;
  return (
    <Section part="about">
      <p>
        Varvel {start.version} <span className="soft">· {start.face === 'web' ? 'Web view' : 'Desktop'}</span>
      </p>
      <div className="pane-actions">
        <Button onClick={() => void openFalPage('dashboard')}>Open fal dashboard</Button>
        <Button onClick={() => void openFalPage('docs')}>Open fal documentation</Button>
        <Button onClick={() => openOverlay({ kind: 'shortcuts' })}>Keyboard shortcuts</Button>
      </div>
    </Section>
  );
}
