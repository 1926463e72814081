import type {
  CopyForm,
  CopyPart,
  CopyPlace,
  CopyStays,
  KeyCopy,
  RemovalWay,
  Searched,
} from '../../../core/model/machine/key-copy.ts';
import { countOf } from '../../format/count.ts';

const partLabels: Record<CopyPart, string> = { key: 'Whole key', secret: 'Secret half' };

const formLabels: Record<CopyForm, string> = {
  plain: '',
  base64: ' in base64',
  url: ' in URL form',
  json: ' in JSON form',
  utf16: ' in UTF-16',
};

const staysLabels: Record<CopyStays, string> = {
  history: 'In git’s history',
  name: 'In the file’s name',
  staged: 'Staged',
  exported: 'Exported by Varvel',
  fal_cli: 'The fal CLI’s own file',
  binary: 'Not a text file',
  too_large: 'Too large to change',
};

/** “Whole key in base64 · In git’s history”. */
export const copyLabel = ({ part, form, stays }: KeyCopy): string =>
  partLabels[part] + formLabels[form] + (stays === null ? '' : ` · ${staysLabels[stays]}`);

export interface PlaceText {
  /** A file or a repository. */
  path: string;
  /** The line, or the commit and what in it. */
  detail: string;
}

export function placeText(place: CopyPlace): PlaceText {
  switch (place.kind) {
    case 'file':
    case 'staged':
      return { path: place.path, detail: `line ${place.line}` };
    case 'name':
      return { path: place.path, detail: '' };
    case 'history': {
      const { repository, object, id, commit, path, line } = place;
      const where =
        commit === null ? `${object} ${id.slice(0, 8)}, in no known commit` : `commit ${commit.slice(0, 8)}`;
      return { path: repository, detail: path === null ? where : `${where}, ${path} line ${line}` };
    }
  }
}

/** “1,204 files, 56 MB and 10,000 git objects”. */
export function searchedText({ files, bytes, objects }: Searched): string {
  const size = bytes < 1e6 ? `${Math.ceil(bytes / 1e3)} kB` : `${Math.round(bytes / 1e6)} MB`;
  const git = objects > 0 ? ` and ${countOf(objects, 'git object')}` : '';
  return `${countOf(files, 'file')}${git}, ${size}`;
}

export const copiesText = (count: number): string => countOf(count, 'copy', 'copies');

export const removedWord: Record<RemovalWay, string> = { scrub: 'Scrubbed', replace: 'Replaced' };
