import type { ExportedFile } from '../../../../core/exports/formats/exported-file.ts';
import { countOf } from '../../../format/count.ts';
import { fileName, shortPath } from '../../../format/path.ts';
import type { Places } from '../../../stores/where-used.ts';

/** A row's summary of where its profile is used. What needs attention is separate. */
export interface PlaceSummary {
  /** “Outdated in ~/bots/.env”. Empty when nothing is outdated. */
  outdated: string;
  /** “Pinned in 2 folders · .env in 1 project”. Empty when unused. */
  used: string;
}

const nowhere: PlaceSummary = { outdated: '', used: '' };

export function describePlaces(places: Places | undefined, home: string): PlaceSummary {
  if (!places) return nowhere;
  const { files, folders } = places;
  const stale = files.filter(({ state }) => state === 'stale');
  const fresh = files.filter(({ state }) => state === 'fresh');
  const pinned = folders.filter(({ state }) => state === 'pinned').length;
  const used = [pinned > 0 ? `Pinned in ${countOf(pinned, 'folder')}` : '', describeFresh(fresh)];
  return { outdated: describeOutdated(stale, home), used: used.filter(Boolean).join(' · ') };
}

function describeOutdated(stale: ExportedFile[], home: string): string {
  const [first] = stale;
  if (!first) return '';
  return stale.length === 1
    ? `Outdated in ${shortPath(first.path, home)}`
    : `Outdated in ${stale.length} files`;
}

function describeFresh(fresh: ExportedFile[]): string {
  const names = new Set(fresh.map(({ path }) => fileName(path)));
  const [name] = names;
  if (name === undefined) return '';
  const paths = new Set(fresh.map(({ path }) => path)).size;
  return names.size === 1
    ? `${name} in ${countOf(paths, 'project')}`
    : `Exported to ${countOf(paths, 'file')}`;
}
