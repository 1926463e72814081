import * as z from 'zod/mini';
import type { Ports } from '../ports.ts';

const setting = 'falcli_known_files';

/** How many are remembered, those that were used last. */
const most = 20;

/**
 * The fal CLI's files that were found to hold what Varvel would write, or were imported from, wherever FAL_CONFIG_PATH led
 * then: a rotation looks at them as at those that Varvel has written.
 */
export function createKnownFiles({ state }: Pick<Ports, 'state'>) {
  const all = (): string[] => {
    const json = state.settings.get(setting);
    return json === null ? [] : z.parse(z.array(z.string()), JSON.parse(json));
  };
  return {
    all,
    add(path: string): void {
      const before = all();
      if (before.at(-1) === path) return;
      const paths = [...before.filter((known) => known !== path), path].slice(-most);
      state.settings.set(setting, JSON.stringify(paths));
    },
  };
}
