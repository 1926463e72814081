import type { ReactNode } from 'react';
import './list-tools.css';

/** What narrows or orders a list, above it. */
export function ListTools({ children }: { children: ReactNode }) {
  return <div className="list-tools">{children}</div>;
}

/** At the end of the tools: what is known of the list, and how to ask for it anew. */
export function ListAside({ children }: { children: ReactNode }) {
  return <span className="list-aside soft small">{children}</span>;
}

/** One of a few, without a word in front: what is chosen says what it is about. */
export function ToolSelect<Value extends string | number | null>({
  label,
  choices,
  value,
  onChange,
}: {
  /** For those who don't see it. */
  label: string;
  choices: readonly { value: Value; word: string }[];
  value: Value;
  onChange: (value: Value) => void;
}) {
  return (
    <select
      className="input select"
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
