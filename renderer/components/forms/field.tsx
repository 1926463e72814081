import { type ComponentProps, type ReactNode, useId } from 'react';
import './field.css';

interface Around {
  label: string;
  hint?: ReactNode;
  /** The error message. Empty when the input is valid. */
  wrong?: string;
}

function useDescriptions(hint: ReactNode, wrong: string) {
  const id = useId();
  const hintId = hint ? `${id}-hint` : undefined;
  const wrongId = wrong ? `${id}-wrong` : undefined;
  const describedBy = [hintId, wrongId].filter(Boolean).join(' ') || undefined;
  return { id, hintId, wrongId, describedBy };
}

function Below({
  hint,
  hintId,
  wrong,
  wrongId,
}: {
  hint: ReactNode;
  hintId: string | undefined;
  wrong: string;
  wrongId: string | undefined;
}) {
  return (
    <>
      {hint && (
        <div className="field-hint" id={hintId}>
          {hint}
        </div>
      )}
      {wrong && (
        <div className="field-wrong" id={wrongId} role="alert">
          {wrong}
        </div>
      )}
    </>
  );
}

export function TextField({ label, hint, wrong = '', ...rest }: ComponentProps<'input'> & Around) {
  const { id, hintId, wrongId, describedBy } = useDescriptions(hint, wrong);
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <input
        autoComplete="off"
        autoCapitalize="off"
        spellCheck={false}
        {...rest}
        id={id}
        className="input"
        aria-describedby={describedBy}
        aria-invalid={wrong !== '' || undefined}
      />
      <Below hint={hint} hintId={hintId} wrong={wrong} wrongId={wrongId} />
    </div>
  );
}

export function AreaField({ label, hint, wrong = '', ...rest }: ComponentProps<'textarea'> & Around) {
  const { id, hintId, wrongId, describedBy } = useDescriptions(hint, wrong);
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <textarea
        rows={3}
        {...rest}
        id={id}
        className="input"
        aria-describedby={describedBy}
        aria-invalid={wrong !== '' || undefined}
      />
      <Below hint={hint} hintId={hintId} wrong={wrong} wrongId={wrongId} />
    </div>
  );
}

export function SelectField({
  label,
  hint,
  wrong = '',
  children,
  ...rest
}: ComponentProps<'select'> & Around) {
  const { id, hintId, wrongId, describedBy } = useDescriptions(hint, wrong);
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <select {...rest} id={id} className="input select" aria-describedby={describedBy}>
        {children}
      </select>
      <Below hint={hint} hintId={hintId} wrong={wrong} wrongId={wrongId} />
    </div>
  );
}

export interface Choice<Value extends string | number> {
  value: Value;
  title: ReactNode;
  text?: ReactNode;
}

/** Radio buttons, each with a short explanation. */
export function Choices<Value extends string | number>({
  label,
  choices,
  value,
  onChange,
  row = false,
}: {
  label: string;
  choices: readonly Choice<Value>[];
  value: Value;
  onChange: (value: Value) => void;
  row?: boolean;
}) {
  const name = useId();
  return (
    <fieldset className={`choices ${row ? 'choices-row' : ''}`}>
      <legend>{label}</legend>
      {choices.map((choice) => (
        <label key={choice.value} className="choice">
          <input
            type="radio"
            name={name}
            checked={choice.value === value}
            onChange={() => onChange(choice.value)}
          />
          <span className="choice-words">
            <b>{choice.title}</b>
            {choice.text && <span className="soft">{choice.text}</span>}
          </span>
        </label>
      ))}
    </fieldset>
  );
}
