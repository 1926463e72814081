import { join } from 'node:path';
import { VarvelError } from '../../core/model/error.ts';
import type { Searched } from '../../core/model/machine/key-copy.ts';
import type { SearchWork, Span, Staged } from '../../core/ports/sources.ts';
import { type GitRun, longestSilenceMs, openGit, readGit } from '../git/git-stream.ts';
import { readObjects } from '../git/object-stream.ts';
import { createParts } from './parts.ts';

/** git sets them for a hook: the commit of a few files, or of another work tree, has an index of its own. */
const variables = ['GIT_DIR', 'GIT_INDEX_FILE', 'GIT_WORK_TREE'];

/** A file as it is staged. */
interface StagedFile {
  id: string;
  /** From the top of the work tree. */
  path: string;
}

/**
 * The files that the next commit adds or changes.
 * @throws VarvelError `not_found` outside of a repository or without git, `unexpected` when git fails, `cancelled`
 */
export async function staged(folder: string, signal: AbortSignal): Promise<Staged> {
  const git = { where: ['-C', folder], variables, silentMs: longestSilenceMs, signal };
  const files = await stagedFiles(git, folder);
  const input = files.map(({ id }) => `${id}\n`).join('');
  // it is read when the vault has answered, too: git works meanwhile
  const readContents =
    files.length > 0 ? openGit({ ...git, args: ['cat-file', '--batch', '--buffer'], input }) : null;
  return { search: (work) => searchFiles(readContents, files, folder, work) };
}

async function searchFiles<Found extends Span>(
  readContents: ReturnType<typeof openGit> | null,
  files: StagedFile[],
  folder: string,
  { scanner, found, progress }: SearchWork<Found>,
): Promise<Searched> {
  const searched: Searched = { files: 0, bytes: 0, repositories: 1, objects: 0 };
  const parts = createParts({ scanner });
  const take = readObjects({
    unreadable: () => undefined,
    begin: () => parts.begin(),
    part(output) {
      searched.bytes += output.length;
      parts.add(output);
    },
    end() {
      const path = files[searched.files]?.path ?? '';
      searched.files += 1;
      for (const each of parts.end())
        found({ place: { kind: 'staged', path, line: each.line }, found: each.found, file: null });
    },
  });
  await readContents?.((output) => {
    take(output);
    return true;
  });
  if (searched.files < files.length)
    throw new VarvelError(
      'unexpected',
      `git has only ${searched.files} of ${files.length} staged files.`,
      'Run `git fsck` to check the repository.',
    );
  for (const { path } of files)
    for (const each of scanner.scan(Buffer.from(path), Buffer.byteLength(path)))
      found({ place: { kind: 'name', path: join(folder, path) }, found: each, file: null });
  progress(searched);
  return searched;
}

type Git = Omit<GitRun, 'args' | 'input'>;

/** What to compare with: the last commit, or before the first one nothing, by SHA-1 or by SHA-256; git knows the empty tree unasked. */
const bases = [
  'HEAD',
  '4b825dc642cb6eb9a060e54bf8d69288fbee4904',
  '6ef19b41225c5369f1c104d45d8d85efa9b057b53b14b4b9b939dd74decc5321',
];

async function stagedFiles(git: Git, folder: string): Promise<StagedFile[]> {
  const fields = (await compareWithIndex(git, folder, bases)).split('\0');
  const files: StagedFile[] = [];
  for (let index = 0; index + 1 < fields.length; index += 2) {
    const [, mode = '', , id = ''] = (fields[index] ?? '').split(' ');
    if (mode !== submodule) files.push({ id, path: fields[index + 1] ?? '' });
  }
  return files;
}

async function compareWithIndex(git: Git, folder: string, [base = '', ...others]: string[]): Promise<string> {
  const compare = ['diff-index', '--cached', '--raw', '-z', '--no-renames', '--diff-filter=d', base, '--'];
  try {
    return (await readGit({ ...git, args: compare })).toString();
  } catch (error) {
    if (!(error instanceof VarvelError) || error.code !== 'unexpected') throw error;
    if (/not a git repository/.test(error.message))
      throw new VarvelError('not_found', `${folder} is not in a git repository.`, 'Run it in one.');
    if (others.length === 0 || !/bad revision|unknown revision|ambiguous argument/.test(error.message))
      throw error;
    return compareWithIndex(git, folder, others);
  }
}

/** The mode of a commit of another repository: it is no file. */
const submodule = '160000';
