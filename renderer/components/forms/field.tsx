import { type ComponentProps, type ReactNode, useId } from 'react';
import './field.css';

interface Around {
  label: string;
  hint?: ReactNode;
  /** The error message. Empty when the input is valid. */
  wrong?: string | undefined;
  /** Of the whole field. */
  className?: string | undefined;
}

/** What connects a control with its label, its hint and its error message. */
interface Connection {
  id: string;
  'aria-describedby': string | undefined;
  'aria-invalid': true | undefined;
}

/** A label, the control, and below it the hint and the error message. */
function Frame({
  label,
  hint,
  wrong = '',
  className = '',
  children,
}: Around & { children: (connection: Connection) => ReactNode }) {
  const id = useId();
  const hintId = hint ? `${id}-hint` : undefined;
  const wrongId = wrong ? `${id}-wrong` : undefined;
  return (
    <div className={`field ${className}`}>
      <label htmlFor={id}>{label}</label>
      {children({
        id,
        'aria-describedby': [hintId, wrongId].filter(Boolean).join(' ') || undefined,
        'aria-invalid': wrong !== '' || undefined,
      })}
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
    </div>
  );
}

export function TextField({ label, hint, wrong, className, ...rest }: ComponentProps<'input'> & Around) {
  return (
    <Frame label={label} hint={hint} wrong={wrong} className={className}>
      {(connection) => (
        <input
          autoComplete="off"
          autoCapitalize="off"
          spellCheck={false}
          {...rest}
          {...connection}
          className="input"
        />
      )}
    </Frame>
  );
}

export function AreaField({ label, hint, wrong, className, ...rest }: ComponentProps<'textarea'> & Around) {
  return (
    <Frame label={label} hint={hint} wrong={wrong} className={className}>
      {(connection) => <textarea rows={3} {...rest} {...connection} className="input" />}
    </Frame>
  );
}

export function SelectField({ label, hint, wrong, className, ...rest }: ComponentProps<'select'> & Around) {
  return (
    <Frame label={label} hint={hint} wrong={wrong} className={className}>
      {(connection) => <select {...rest} {...connection} className="input select" />}
    </Frame>
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
            {choice.text && <span className="choice-text">{choice.text}</span>}
          </span>
        </label>
      ))}
    </fieldset>
  );
}
