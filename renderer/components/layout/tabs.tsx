import { Tabs as Radix } from 'radix-ui';
import type { ReactNode } from 'react';
import './tabs.css';

export interface Tab<Value extends string> {
  value: Value;
  title: string;
  content: ReactNode;
}

/** Tabs. Arrow keys move between them. */
export function Tabs<Value extends string>({
  label,
  tabs,
  value,
  onChange,
  fill = false,
}: {
  label: string;
  tabs: readonly Tab<Value>[];
  value: Value;
  onChange: (value: Value) => void;
  /** Fills the screen, instead of fitting the content. */
  fill?: boolean;
}) {
  return (
    <Radix.Root
      className={fill ? 'tabs-fill' : undefined}
      value={value}
      onValueChange={(chosen) => {
        const tab = tabs.find((each) => each.value === chosen);
        if (tab) onChange(tab.value);
      }}
    >
      <Radix.List className="tabs" aria-label={label}>
        {tabs.map((tab) => (
          <Radix.Trigger key={tab.value} value={tab.value} className="tab">
            {tab.title}
          </Radix.Trigger>
        ))}
      </Radix.List>
      {tabs.map((tab) => (
        // kept mounted, so that typed text survives a change of tabs
        <Radix.Content key={tab.value} value={tab.value} className="tab-content" tabIndex={-1} forceMount>
          {tab.content}
        </Radix.Content>
      ))}
    </Radix.Root>
  );
}
