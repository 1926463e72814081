import type { ExportedFile } from '../../../core/exports/formats/exported-file.ts';
import { countOf } from '../../format/count.ts';
import { fileName, shortPath } from '../../format/path.ts';
import type { Places } from '../../stores/where-used.ts';

/** What a row says of the places of its profile, in a few words; what needs doing is apart. */
export interface PlaceWords {
  /** “stale in ~/bots/.env”; empty when nothing is stale. */
  stale: string;
  /** “pinned in 2 folders · .env in 1 project”; empty when it is used nowhere. */
  used: string;
}

const nowhere: PlaceWords = { stale: '', used: '' };

export function placeWords(places: Places | undefined, home: string): PlaceWords {
  if (!places) return nowhere;
  const { files, folders } = places;
  const stale = files.filter(({ state }) => state === 'stale');
  const fresh = files.filter(({ state }) => state === 'fresh');
  const pinned = folders.filter(({ state }) => state === 'pinned').length;
  const used = [pinned > 0 ? `pinned in ${countOf(pinned, 'folder')}` : '', freshWords(fresh)];
  return { stale: staleWords(stale, home), used: used.filter(Boolean).join(' · ') };
}

function staleWords(stale: ExportedFile[], home: string): string {
  const [first] = stale;
  if (!first) return '';
  return stale.length === 1 ? `stale in ${shortPath(first.path, home)}` : `stale in ${stale.length} files`;
}

function freshWords(fresh: ExportedFile[]): string {
  const names = new Set(fresh.map(({ path }) => fileName(path)));
  const [name] = names;
  if (name === undefined) return '';
  const paths = new Set(fresh.map(({ path }) => path)).size;
  return names.size === 1 ? `${name} in ${countOf(paths, 'project')}` : `in ${countOf(paths, 'file')}`;
}
