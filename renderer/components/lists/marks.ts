import { useMemo, useState } from 'react';

/** The rows that are selected for one action on all of them. */
export interface Marks {
  ids: ReadonlySet<string>;
  toggle: (id: string) => void;
  /** Adds several. */
  add: (ids: readonly string[]) => void;
  clear: () => void;
}

const none: ReadonlySet<string> = new Set();

/** @param there the ids of the rows there are now: what is gone isn't selected */
export function useMarks(there: readonly string[]): Marks {
  const [chosen, setChosen] = useState(none);
  const ids = useMemo(
    () => (chosen.size === 0 ? none : new Set(there.filter((id) => chosen.has(id)))),
    [chosen, there],
  );
  return {
    ids,
    toggle: (id) =>
      setChosen(() => {
        const now = new Set(ids);
        if (!now.delete(id)) now.add(id);
        return now;
      }),
    add: (more) => setChosen(() => new Set([...ids, ...more])),
    clear: () => setChosen(none),
  };
}
