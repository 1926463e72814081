import type { ProfileView } from '../../../core/model/profile.ts';
import { isoTime } from '../../framework/words.ts';

/** A profile as the JSON documents show it. */
export const profileRow = ({ name, account, keyId, scope, host, color, note, verdict }: ProfileView) => ({
  name,
  account: account?.nickname ?? null,
  key: keyId,
  scope,
  host,
  color,
  note,
  verdict: verdict?.kind ?? null,
  tested_at: isoTime(verdict?.testedAt ?? null),
});
