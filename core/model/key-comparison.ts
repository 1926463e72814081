import { settleMs } from './fal/temporary-key.ts';
import type { KeyView } from './key-view.ts';
import type { PartialFailure } from './partial-failure.ts';

/**
 * Where a key is, after fal and the vault were asked: `no_secret` is in the index, and its secret isn't in the vault;
 * `unchecked` belongs to an account that couldn't be asked.
 */
export const keyPlaces = ['both', 'only_fal', 'only_here', 'no_secret', 'unchecked'] as const;
export type KeyPlace = (typeof keyPlaces)[number];

export interface PlacedKey {
  key: KeyView;
  place: KeyPlace;
}

/** The keys here and at fal, compared. */
export interface KeyComparison {
  keys: PlacedKey[];
  /** The ids of keys that were only in the vault, and are in the index again. */
  recovered: string[];
  problems: PartialFailure[];
}

/** Whether forgetting a key loses nothing that works: fal doesn't have it, or its secret is gone. */
export const isForgettable = ({ place }: Pick<PlacedKey, 'place'>): boolean =>
  place === 'only_here' || place === 'no_secret';

/**
 * Whether fal may have created a key so recently that somebody is still storing it.
 * @param now in milliseconds since 1970
 */
export const isBrandNew = ({ key: { createdAt } }: Pick<PlacedKey, 'key'>, now: number): boolean =>
  createdAt !== null && Math.abs(now - createdAt) < settleMs;

/** Whether a key is at fal, and nobody can use it from here. A temporary one is revoked anyway. */
export const isRevocable = ({ key, place }: PlacedKey): boolean =>
  key.expiresAt === null && (place === 'only_fal' || (place === 'no_secret' && key.remote === true));
