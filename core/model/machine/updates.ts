/** The releases that a program looks at: finished ones, or those to try out too. */
export const updateChannels = ['latest', 'beta'] as const;
export type UpdateChannel = (typeof updateChannels)[number];

/** Why a program doesn't update itself. */
export const updateObstacles = [
  /** It runs from its sources. */
  'checkout',
  /** A package manager installed it, and updates it. */
  'package_manager',
  /** It was packed without saying where its releases are. */
  'no_source',
  /** macOS replaces only a signed program. */
  'unsigned',
  /** Linux: it was unpacked, and not started as an AppImage. */
  'unpacked',
] as const;
export type UpdateObstacle = (typeof updateObstacles)[number];

export type UpdateState =
  | { state: 'off'; why: UpdateObstacle }
  /** @property checkedAt when it was last seen that there is no newer release, in ms since 1970; null before */
  | { state: 'current'; checkedAt: number | null }
  | { state: 'checking' }
  /** @property percent how much has been downloaded, from 0 to 100 */
  | { state: 'downloading'; version: string; percent: number }
  /** @property notes what is new, in Markdown; null when the release doesn't say */
  | { state: 'ready'; version: string; notes: string | null }
  | { state: 'failed'; message: string };

export interface Updates {
  channel: UpdateChannel;
  /** Whether it looks by itself, once a day. */
  automatic: boolean;
  now: UpdateState;
}
