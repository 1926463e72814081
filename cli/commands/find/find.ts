import type { Findings, FindWork } from '../../../core/find/collect.ts';
import { VarvelError } from '../../../core/model/error.ts';
import type { RemovalWay } from '../../../core/model/machine/key-copy.ts';
import type { SearchLimits } from '../../../core/ports/sources.ts';
import type { Varvel } from '../../../core/varvel.ts';
import { confirm } from '../../framework/ask.ts';
import { type Context, defineCommand } from '../../framework/command.ts';
import { exitCode } from '../../framework/exit-code.ts';
import { givenPath } from '../../framework/given-path.ts';
import { yesOption } from '../../framework/name-options.ts';
import { count } from '../../framework/words.ts';
import { copies, findingsDocument, removalDocument, showFindings, showRemoval } from './find-words.ts';
import { parseSize } from './size.ts';

export const command = defineCommand({
  summary: 'Find copies of your keys in files and git history',
  details: `Searches files and folders, the working folder if none is named, and the whole history of the git repositories in them for every key in the vault: the whole key or its secret half, as it is or in base64, URL, JSON or UTF-16 form. It knows the secrets, so it doesn’t guess. It shows where each copy is, never the secret.

Exits with 8 when it finds a copy that Varvel didn’t export itself, with 1 when something couldn’t be searched, else with 0. --staged searches what the next commit adds: put \`varvel find --staged\` into .git/hooks/pre-commit.

--scrub puts “removed_by_varvel” in place of the secret. --replace removes a line that sets FAL_KEY, and puts a reference such as \${FAL_KEY} where the file’s kind has one. Both change text files only, and --undo puts everything back. Copies in git’s history stay: rotate the key.`,
  examples: [
    'varvel find',
    'varvel find ~/code ~/notes --json',
    'varvel find --home',
    'varvel find --staged',
    'varvel find ~/.zsh_history --scrub',
    'varvel find --undo',
  ],
  // it runs in commit hooks
  doesDueWork: false,
  options: {
    home: {
      type: 'boolean',
      describe: 'search where programs leave keys in your home folder: histories, start-up files, agents',
    },
    staged: { type: 'boolean', describe: 'search what the next commit adds or changes' },
    key: { type: 'string', value: 'KEY', completes: 'keys', describe: 'search for this key only' },
    scrub: { type: 'boolean', describe: 'put a mark in place of each secret' },
    replace: { type: 'boolean', describe: 'put a reference in place of each key, where there is one' },
    undo: { type: 'boolean', describe: 'undo the last --scrub or --replace' },
    'no-history': { type: 'boolean', describe: 'leave out git’s history' },
    'max-size': { type: 'string', value: 'SIZE', describe: 'the largest file to search (default: 1G)' },
    'other-file-systems': { type: 'boolean', describe: 'enter other file systems below a folder' },
    yes: yesOption,
  },
  positionals: [{ name: 'ROOT', optional: true, rest: true, completes: 'files' }],
  async run(context, values, roots) {
    const { output, open } = context;
    const cwd = givenPath('.', context);
    const way = values.scrub ? 'scrub' : values.replace ? 'replace' : null;
    refuseTogether(values, roots);
    if (way !== null && !values.yes && !output.canAsk()) throw needsYes(way);
    if (values.undo) return undo(await open(), context);
    if (values.staged) return searchStaged(await open(), context);
    const varvel = await open();
    const find = await varvel.find();
    const useFolder = roots.length === 0 && !values.home;
    if (useFolder && (await find.holdsHome(cwd))) throw homeUnasked();
    const keyIds = values.key === undefined ? null : [varvel.keys.find(values.key).id];
    const limits: SearchLimits = {
      largest: parseSize(values['max-size'] ?? '1G'),
      otherFileSystems: values['other-file-systems'] ?? false,
      history: !values['no-history'],
    };
    const findings = await find.search(
      {
        roots: useFolder ? [cwd] : roots.map((root) => givenPath(root, context)),
        home: values.home ?? false,
        keyIds,
        limits,
      },
      workOf(context),
    );
    if (way === null) {
      if (output.json) output.document(findingsDocument(varvel, findings));
      else showFindings(varvel, findings, context, 'offer');
      return codeOf(findings, 0);
    }
    return remove(varvel, findings, { keyIds, way, yes: values.yes }, context);
  },
});

function refuseTogether(
  { staged, undo, home, scrub, replace, key }: Record<string, string | boolean | undefined>,
  roots: string[],
): void {
  const ways = [staged && '--staged', undo && '--undo', scrub && '--scrub', replace && '--replace'];
  const [first, second] = ways.filter((each) => typeof each === 'string');
  const other = second ?? ((staged || undo) && (home ? '--home' : key ? '--key' : roots[0]));
  if (first === undefined || !other) return;
  throw new VarvelError(
    'usage',
    `${first} can’t be combined with ${other.slice(0, 80)}.`,
    'Use one of them.',
  );
}

const needsYes = (way: RemovalWay) =>
  new VarvelError('usage', `--${way} changes files.`, 'Add --yes to go ahead without a prompt.');

const homeUnasked = () =>
  new VarvelError(
    'usage',
    'This folder holds your whole home folder.',
    'Name the folders to search, or search the usual places in your home folder with --home. To search all of it: varvel find ~',
  );

const workOf = ({ output, signal }: Context): FindWork => ({
  restMs: 0,
  signal,
  progress: ({ files, objects, copies: found }) =>
    output.progress(
      `Searched ${count(files, 'file')}${objects > 0 ? ` and ${count(objects, 'git object')}` : ''}, found ${copies(found)}…`,
    ),
});

/** @param removed how many copies are gone */
function codeOf({ strays, notSearched }: Findings, removed: number): number {
  if (strays > removed) return exitCode('conflict');
  return notSearched.some(({ kind }) => kind !== 'left_out') ? exitCode('unexpected') : 0;
}

async function searchStaged(varvel: Varvel, context: Context): Promise<number> {
  const { output } = context;
  const cwd = givenPath('.', context);
  const findings = await varvel.findStaged(cwd, workOf(context));
  if (output.json) output.document(findingsDocument(varvel, findings));
  else if (findings.count > 0) {
    showFindings(varvel, findings, context, 'staged');
  }
  return findings.count > 0 ? exitCode('conflict') : 0;
}

async function remove(
  varvel: Varvel,
  findings: Findings,
  { keyIds, way, yes }: { keyIds: string[] | null; way: RemovalWay; yes: boolean | undefined },
  context: Context,
): Promise<number> {
  const { output, signal } = context;
  if (!output.json) showFindings(varvel, findings, context, 'act');
  const removable = findings.copies.flatMap(({ place, stays }) =>
    stays === null && place.kind === 'file' ? [place.path] : [],
  );
  const paths = [...new Set(removable)];
  if (paths.length === 0) {
    if (output.json) output.document({ ...findingsDocument(varvel, findings), removed: [] });
    else output.note('Nothing here can be removed.');
    return codeOf(findings, 0);
  }
  const verb = way === 'scrub' ? 'Scrub' : 'Replace';
  const question = `${verb} ${copies(removable.length)} in ${count(paths.length, 'file')}? \`varvel find --undo\` puts everything back.`;
  await confirm(question, yes, context);
  const removal = await (await varvel.find()).remove({ paths, keyIds, way }, signal);
  if (output.json) output.document({ ...findingsDocument(varvel, findings), ...removalDocument(removal) });
  else showRemoval(removal, way, context);
  return codeOf(
    findings,
    removal.files.reduce((sum, { removed }) => sum + removed, 0),
  );
}

async function undo(varvel: Varvel, { output }: Context): Promise<number> {
  const { files } = await (await varvel.find()).undoRemoval(null);
  const failed = files.filter(({ problem }) => problem !== null);
  if (output.json) output.document({ restored: files });
  else
    for (const { path, removed, problem } of files) {
      if (problem === null) output.done(`${copies(removed)} put back in ${path}.`);
      else output.warn(problem);
    }
  return failed.length > 0 ? exitCode('conflict') : 0;
}
