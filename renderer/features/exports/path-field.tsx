import { FolderOpen } from 'lucide-react';
import { type ReactNode, useRef } from 'react';
import type { Input } from '../../../contract/methods.ts';
import { call } from '../../bridge.ts';
import { problemOf } from '../../call-error.ts';
import { Button } from '../../components/forms/button.tsx';
import { TextField } from '../../components/forms/field.tsx';
import { useIsDesktop } from '../../stores/window/face.ts';
import { showProblem } from '../../stores/window/toasts.ts';
import styles from './path-field.module.css';

/** A path to type, or on the desktop to choose in the system's file dialog. */
export function PathField({
  label,
  kind,
  value,
  placeholder,
  hint,
  wrong,
  onChange,
}: {
  label: string;
  kind: Input<'app.choosePath'>['kind'];
  value: string;
  placeholder: string;
  hint?: ReactNode;
  wrong: string;
  onChange: (path: string) => void;
}) {
  const isDesktop = useIsDesktop();
  const line = useRef<HTMLDivElement>(null);
  const choose = async (): Promise<void> => {
    try {
      const { path } = await call('app.choosePath', { kind });
      if (path !== null) onChange(path);
      line.current?.querySelector('input')?.focus();
    } catch (error) {
      showProblem(problemOf(error));
    }
  };
  return (
    <div className={styles.line} ref={line}>
      <TextField
        label={label}
        value={value}
        placeholder={placeholder}
        hint={hint}
        wrong={wrong}
        data-first
        maxLength={4096}
        onChange={(event) => onChange(event.target.value)}
      />
      {isDesktop && (
        <Button className={styles.choose} icon={FolderOpen} onClick={() => void choose()}>
          Choose…
        </Button>
      )}
    </div>
  );
}
