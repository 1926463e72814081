import type { Browser } from '../../core/ports.ts';

export interface NoBrowser extends Browser {
  /** What was to be opened. */
  readonly asked: string[];
}

/** A machine without a browser: opening answers false, or true when one is to be pretended. */
export function createNoBrowser(opens = false): NoBrowser {
  const asked: string[] = [];
  return {
    asked,
    async open(url) {
      asked.push(url);
      return opens;
    },
  };
}
