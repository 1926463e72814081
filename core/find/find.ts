import { VarvelError } from '../model/error.ts';
import type { SearchLimits } from '../ports/sources.ts';
import type { Ports } from '../ports.ts';
import { collect, type Findings, type FindWork } from './collect.ts';
import { type KnownKeys, readKnownKeys, refuseDamaged } from './known-keys.ts';
import { createRemoval, realPath } from './removal.ts';
import { createScanner, type KeyScanner } from './scanner.ts';

export type Find = ReturnType<typeof createFind>;

type Needs = Pick<Ports, 'state' | 'secrets' | 'files' | 'sources' | 'clock' | 'falConfigPath'>;

export interface FindRequest {
  /** Absolute paths of files and folders. */
  roots: string[];
  /** Also search where programs leave keys in the home folder. */
  home: boolean;
  /** Only these keys; null for all. */
  keyIds: string[] | null;
  limits: SearchLimits;
}

/** Finds copies of the keys in the vault, and removes them. */
export function createFind(ports: Needs) {
  const { sources, falConfigPath } = ports;

  async function scannerFor(
    keyIds: string[] | null,
  ): Promise<{ scanner: KeyScanner; left: KnownKeys['left'] }> {
    const { known, left } = await readKnownKeys(ports, keyIds);
    if (known.length === 0) {
      await refuseDamaged(ports.secrets, { left });
      throw new VarvelError(
        'not_found',
        left.length === 0 ? 'No keys to search for.' : 'The secrets of these keys aren’t in the vault.',
        'Add a key first: only keys in the vault are searched for.',
      );
    }
    return { scanner: createScanner(known), left };
  }

  return {
    /** Whether a folder is too much to search unasked: a home folder, or one above it. */
    holdsHome: (folder: string): Promise<boolean> => sources.holdsHome(folder),

    /**
     * Searches files and git histories for keys.
     * @throws VarvelError `not_found` for a root that doesn't exist or without keys, `vault_*`, `cancelled`
     */
    async search({ roots, home, keyIds, limits }: FindRequest, work: FindWork): Promise<Findings> {
      const { scanner, left } = await scannerFor(keyIds);
      // a link to it, as managers of dotfiles make it, is that file, too
      const falConfig = falConfigPath && (await realPath(ports.files, falConfigPath));
      const collected = collect(ports, { scanner, left, falConfig }, work);
      const all = [...roots, ...(home ? await sources.usualPlaces() : [])];
      const searched = await sources.search(all, limits, collected.work);
      return { ...collected.findings, searched };
    },

    ...createRemoval(ports, scannerFor),
  };
}
