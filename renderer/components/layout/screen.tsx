import { Search } from 'lucide-react';
import { type ReactNode, useRef } from 'react';
import './screen.css';

/** A screen: title, toolbar, content, and a pane beside it. */
export function ScreenFrame({
  title,
  tools,
  children,
  pane,
}: {
  title: string;
  tools?: ReactNode;
  children: ReactNode;
  pane?: ReactNode;
}) {
  return (
    <div className={`screen ${pane ? 'screen-with-pane' : ''}`}>
      <main className="screen-main" aria-label={title}>
        <header className="screen-head">
          <h1 tabIndex={-1} data-title>
            {title}
          </h1>
          {tools}
        </header>
        {children}
      </main>
      {pane}
    </div>
  );
}

/** The field that filters a list. `/` focuses it, Escape clears and leaves it. */
export function FilterField({
  label,
  value,
  onChange,
}: {
  label: string;
  value: string;
  onChange: (value: string) => void;
}) {
  const field = useRef<HTMLInputElement>(null);
  return (
    <div className="filter">
      <Search size={15} strokeWidth={1.8} aria-hidden="true" />
      <input
        ref={field}
        className="input filter-input"
        type="text"
        inputMode="search"
        placeholder="Filter"
        autoComplete="off"
        spellCheck={false}
        aria-label={label}
        aria-keyshortcuts="/"
        data-filter
        value={value}
        onChange={(event) => onChange(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'ArrowDown' || event.key === 'Enter') {
            event.preventDefault();
            document.querySelector<HTMLElement>('.list-row [data-main][tabindex="0"]')?.focus();
          }
          if (event.key !== 'Escape') return;
          event.preventDefault();
          if (value === '') field.current?.blur();
          else onChange('');
        }}
      />
      <span className="keys filter-keys">/</span>
    </div>
  );
}
