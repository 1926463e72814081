import { Pencil } from 'lucide-react';
import { type KeyboardEvent, type ReactNode, useRef, useState } from 'react';
import { problemOf } from '../../call-error.ts';
import { hintWords } from '../../format/hint-words.ts';
import { Button, IconButton } from './button.tsx';
import './editable.css';

type Edit = { state: 'shown' } | { state: 'open'; text: string; wrong: string; saving: boolean };

/** A value edited in place: Enter saves, Escape cancels. */
export function Editable({
  name,
  value,
  shown,
  save,
  choices,
  lines = 1,
  placeholder,
}: {
  name: string;
  value: string;
  shown: ReactNode;
  /** @throws CallError */
  save: (text: string) => Promise<void>;
  /** Options to choose from, instead of a text field. */
  choices?: ReactNode;
  lines?: number;
  placeholder?: string;
}) {
  const [edit, setEdit] = useState<Edit>({ state: 'shown' });
  const pencil = useRef<HTMLButtonElement>(null);

  const close = (): void => {
    setEdit({ state: 'shown' });
    requestAnimationFrame(() => pencil.current?.focus());
  };
  const submit = async (text: string): Promise<void> => {
    if (text === value) return close();
    setEdit({ state: 'open', text, wrong: '', saving: true });
    try {
      await save(text);
      close();
    } catch (error) {
      const { message, hint } = problemOf(error);
      setEdit({ state: 'open', text, wrong: `${message} ${hintWords(hint)}`, saving: false });
    }
  };

  if (edit.state === 'shown') {
    return (
      <div className="editable">
        <div className="editable-value">{shown}</div>
        <IconButton
          ref={pencil}
          className="editable-pencil"
          name={`Edit ${name.toLowerCase()}`}
          icon={Pencil}
          onClick={() => setEdit({ state: 'open', text: value, wrong: '', saving: false })}
        />
      </div>
    );
  }

  const { text, wrong, saving } = edit;
  const shared = {
    className: 'input',
    'aria-label': name,
    'aria-invalid': wrong !== '' || undefined,
    disabled: saving,
    autoFocus: true,
    value: text,
    onChange: (event: { target: { value: string } }) =>
      setEdit({ state: 'open', text: event.target.value, wrong: '', saving: false }),
    onKeyDown: (event: KeyboardEvent) => {
      if (event.key === 'Escape') {
        event.preventDefault();
        close();
      }
      if (event.key === 'Enter' && (lines === 1 || event.ctrlKey || event.metaKey)) {
        event.preventDefault();
        void submit(text);
      }
    },
  };
  return (
    <div className="editing">
      <Field shared={shared} choices={choices} lines={lines} placeholder={placeholder} />
      {wrong && (
        <div className="field-wrong" role="alert">
          {wrong}
        </div>
      )}
      <div className="pane-actions">
        <Button tone="go" busy={saving} onClick={() => void submit(text)}>
          Save
        </Button>
        <Button onClick={close}>Cancel</Button>
      </div>
    </div>
  );
}

/** Puts the cursor at the end: a note is usually continued. */
const moveCursorToEnd = ({ target }: { target: HTMLTextAreaElement }): void =>
  target.setSelectionRange(target.value.length, target.value.length);

interface Shared {
  className: string;
  'aria-label': string;
  'aria-invalid': true | undefined;
  disabled: boolean;
  autoFocus: boolean;
  value: string;
  onChange: (event: { target: { value: string } }) => void;
  onKeyDown: (event: KeyboardEvent) => void;
}

function Field({
  shared,
  choices,
  lines,
  placeholder,
}: {
  shared: Shared;
  choices: ReactNode;
  lines: number;
  placeholder: string | undefined;
}) {
  if (choices !== undefined) {
    return (
      <select {...shared} className="input select">
        {choices}
      </select>
    );
  }
  if (lines > 1)
    return <textarea {...shared} onFocus={moveCursorToEnd} rows={lines} placeholder={placeholder} />;
  return (
    <input
      {...shared}
      onFocus={(event) => event.target.select()}
      autoComplete="off"
      spellCheck={false}
      placeholder={placeholder}
    />
  );
}
