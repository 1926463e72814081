import type { ReactNode } from 'react';
import './list-tools.css';

/** The filters above a list. */
export function ListTools({ children }: { children: ReactNode }) {
  return <div className="list-tools">{children}</div>;
}

/** The end of the tools: the list's state, and its refresh button. */
export function ListAside({ children }: { children: ReactNode }) {
  return <span className="list-aside soft small">{children}</span>;
}

/** A select without a visible label. */
export function ToolSelect<Value extends string | number | null>({
  label,
  choices,
  value,
  onChange,
}: {
  /** For screen readers. */
  label: string;
  choices: readonly { value: Value; word: string }[];
  value: Value;
  onChange: (value: Value) => void;
}) {
  return (
    <select
      className="input select list-tools-select"
      aria-label={label}
      value={choices.findIndex((choice) => choice.value === value)}
      onChange={(event) => {
        const chosen = choices[Number(event.target.value)];
        if (chosen) onChange(chosen.value);
      }}
    >
      {choices.map((choice, index) => (
        <option key={choice.value} value={index}>
          {choice.word}
        </option>
      ))}
    </select>
  );
}
