import { isAbsolute, relative, sep } from 'node:path';
import type { Findings } from '../../../core/find/collect.ts';
import type {
  CopyForm,
  CopyPart,
  CopyPlace,
  CopyRemoval,
  CopyStays,
  KeyCopy,
  RemovalWay,
} from '../../../core/model/machine/key-copy.ts';
import type { Varvel } from '../../../core/varvel.ts';
import type { Context } from '../../framework/command.ts';
import { count, idStart, listed } from '../../framework/words.ts';

const formWords: Record<CopyForm, string> = {
  plain: '',
  base64: ' in base64',
  url: ' in URL form',
  json: ' in JSON form',
  utf16: ' in UTF-16',
};

const partWords: Record<CopyPart, string> = { key: 'whole key', secret: 'secret half' };

const staysWords: Record<CopyStays, string> = {
  history: 'in git’s history',
  name: 'in a name',
  staged: 'staged',
  exported: 'exported by Varvel',
  fal_cli: 'the fal CLI’s file',
  binary: 'not a text file',
  too_large: 'too large to change',
};

/** How many problems are shown. */
const shownProblems = 20;

export const copies = (number: number): string => `${number} ${number === 1 ? 'copy' : 'copies'}`;

/** A path as people type it here: relative in the working folder. */
function shown(path: string, cwd: string): string {
  const way = relative(cwd, path);
  return way === '' || way === '..' || way.startsWith(`..${sep}`) || isAbsolute(way) ? path : way;
}

/** `src/.env:3`; for git’s history `shop: commit 1a2b3c4d, src/.env:3`. */
function placeWords(place: CopyPlace, cwd: string): string {
  switch (place.kind) {
    case 'file':
      return `${shown(place.path, cwd)}:${place.line}`;
    case 'staged':
      return `${place.path}:${place.line}`;
    case 'name':
      return shown(place.path, cwd);
    case 'history': {
      const { repository, object, id, commit, path, line } = place;
      const where =
        commit === null
          ? `${object} ${id.slice(0, 10)}, in no known commit`
          : `commit ${commit.slice(0, 10)}`;
      return `${shown(repository, cwd)}: ${where}${path === null ? '' : `, ${path}:${line}`}`;
    }
  }
}

const keyName = (varvel: Varvel, keyId: string): string =>
  varvel.keys.all().find(({ id }) => id === keyId)?.alias ?? keyId;

/**
 * Shows findings.
 * @param then what comes next: an offer to remove them, the removal itself, or another try to commit
 */
export function showFindings(
  varvel: Varvel,
  findings: Findings,
  { output, cwd }: Context,
  then: 'offer' | 'act' | 'staged',
): void {
  const { copies: found, count: all, searched, notSearched, left } = findings;
  if (found.length > 0)
    output.table(
      [
        { title: 'PLACE', text: ({ place }) => placeWords(place, cwd()), style: () => 'bold' },
        {
          title: 'KEY',
          text: ({ keyId }) => keyName(varvel, keyId),
          short: ({ keyId }) => idStart(keyName(varvel, keyId)),
        },
        {
          title: 'KEY ID',
          text: ({ keyId }) => keyId,
          short: ({ keyId }) => idStart(keyId),
          style: () => 'dim',
        },
        { title: 'COPY', text: ({ part, form }) => partWords[part] + formWords[form] },
        { title: 'NOTE', text: ({ stays }) => (stays === null ? '' : staysWords[stays]), style: () => 'dim' },
      ],
      found,
    );
  if (all > found.length) output.warn(`${all - found.length} more copies aren’t shown.`);
  for (const { path, reason } of notSearched.slice(0, shownProblems))
    output.warn(`${shown(path, cwd())} was not searched: ${reason}.`);
  if (notSearched.length > shownProblems)
    output.warn(`${notSearched.length - shownProblems} more places were not searched.`);
  for (const { keyId, why } of left)
    output.warn(`Key ${keyName(varvel, keyId)} was not searched for: its secret is ${leftWords[why]}.`);
  const what = [count(searched.files, then === 'staged' ? 'staged file' : 'file')];
  if (searched.objects > 0) what.push(count(searched.objects, 'git object'));
  const result =
    all === 0 ? 'No copies found' : `Found ${copies(all)} of ${count(keysIn(found).length, 'key')}`;
  output.note(`${result} in ${listed(what)} (${megabytes(searched.bytes)}).`);
  if (all > 0) hints(found, then).forEach(output.hint);
}

const leftWords = {
  no_secret: 'not in the vault',
  damaged: 'damaged in the vault',
  too_short: 'too short to tell from other text',
} as const;

const keysIn = (found: KeyCopy[]): string[] => [...new Set(found.map(({ keyId }) => keyId))];

const megabytes = (bytes: number): string =>
  bytes < 1e6 ? `${Math.ceil(bytes / 1e3)} kB` : `${Math.round(bytes / 1e6)} MB`;

function hints(found: KeyCopy[], then: 'offer' | 'act' | 'staged'): string[] {
  if (then === 'staged')
    return [
      'Remove the key from these files and stage them again. Programs get it from `varvel run` or a pin.',
    ];
  const words: string[] = [];
  if (then === 'offer' && found.some(({ stays }) => stays === null))
    words.push(
      'Remove copies with --scrub, or with --replace where a reference can stand. Both can be undone.',
    );
  const inHistory = keysIn(found.filter(({ stays }) => stays === 'history'));
  if (inHistory.length > 0) {
    const commands = inHistory.slice(0, 3).map((keyId) => `\`varvel keys rotate ${keyId}\``);
    words.push(
      `Git keeps what was committed, for everybody who has the repository. Replace the ${inHistory.length === 1 ? 'key' : 'keys'}: ${listed(commands)}${inHistory.length > 3 ? ' and so on' : ''}.`,
    );
  }
  return words;
}

/** What a removal did. */
export function showRemoval({ files }: CopyRemoval, way: RemovalWay, { output, cwd }: Context): void {
  for (const { path, removed, problem } of files) {
    if (problem !== null) output.warn(problem);
    else if (removed > 0)
      output.done(
        `${copies(removed)} ${way === 'scrub' ? 'scrubbed' : 'replaced'} in ${shown(path, cwd())}.`,
      );
  }
  const left = files.reduce((sum, each) => sum + each.left, 0);
  if (left > 0) output.hint(`${copies(left)} can’t be replaced by a reference. Scrub them with --scrub.`);
  if (way === 'replace' && files.some(({ removed }) => removed > 0))
    output.hint(
      'Programs get the key from `varvel run -- COMMAND`, or from your shell after `varvel pin PROFILE`.',
    );
}

/** Findings for `--json`. */
export const findingsDocument = (
  varvel: Varvel,
  { copies: found, count: all, searched, notSearched, left }: Findings,
) => ({
  copies: found.map(({ keyId, part, form, place, stays }) => {
    const { kind, ...where } = place;
    return { key: keyId, alias: aliasOf(varvel, keyId), part, form, place: kind, ...where, stays };
  }),
  count: all,
  complete: notSearched.every(({ kind }) => kind === 'left_out'),
  searched,
  not_searched: notSearched,
  keys_left_out: left.map(({ keyId, why }) => ({ key: keyId, why })),
});

const aliasOf = (varvel: Varvel, keyId: string): string | null =>
  varvel.keys.all().find(({ id }) => id === keyId)?.alias ?? null;

/** A removal for `--json`. */
export const removalDocument = ({ files }: CopyRemoval) => ({ removed: files });
