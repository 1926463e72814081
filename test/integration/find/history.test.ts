import { execFileSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createScanner, type Match } from '../../../core/find/scanner.ts';
import type { CopyPlace } from '../../../core/model/machine/key-copy.ts';
import { createSources } from '../../../platform/find/sources.ts';
import { figure } from '../../attacks/figures.ts';
import { newKey, writings } from '../../unit/core/find/forms.ts';

/** How many commits the repository has. */
const commits = Number(process.env.VARVEL_COMMITS ?? 200);

const keys = Array.from({ length: 10 }, newKey);
const [first = newKey(), second = newKey()] = keys;
const text = ({ id, secret }: { id: string; secret: string }) => `${id}:${secret}`;

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'varvel-history-'));
  git('init', '-q', '-b', 'main');
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const person = {
  GIT_AUTHOR_NAME: 'a',
  GIT_AUTHOR_EMAIL: 'a@b.c',
  GIT_COMMITTER_NAME: 'a',
  GIT_COMMITTER_EMAIL: 'a@b.c',
};

const git = (...args: string[]): string =>
  execFileSync('git', args, {
    cwd: folder,
    env: { PATH: process.env.PATH, HOME: folder, ...person },
    encoding: 'utf8',
  }).trim();

function commit(files: Record<string, string | null>, message = 'work'): string {
  for (const [name, content] of Object.entries(files)) {
    const input = content ?? '';
    const id = execFileSync('git', ['hash-object', '-w', '--stdin'], {
      cwd: folder,
      input,
      encoding: 'utf8',
    }).trim();
    if (content === null) git('rm', '-q', '--cached', name);
    else git('update-index', '--add', '--cacheinfo', `100644,${id},${name}`);
  }
  git('commit', '-q', '--allow-empty', '-m', message);
  return git('rev-parse', 'HEAD');
}

type InHistory = Extract<CopyPlace, { kind: 'history' }> & { found: Match };

async function search(roots = [folder]) {
  const found: InHistory[] = [];
  const problems: string[] = [];
  const searched = await createSources({ HOME: folder }).search(
    roots,
    { largest: 1e9, otherFileSystems: false, history: true },
    {
      scanner: createScanner(keys),
      found: ({ place, found: match }) =>
        void (place.kind === 'history' && found.push({ ...place, found: match })),
      notSearched: ({ reason }) => void problems.push(reason),
      progress: () => undefined,
      restMs: 0,
      signal: new AbortController().signal,
    },
  );
  return { found, problems, searched };
}

test('a key that was committed and taken out again is found, with the commit, the path and the line', async () => {
  commit({ 'a.txt': 'one\n' });
  const added = commit({ 'src/.env': `# settings\n\nFAL_KEY=${text(first)}\n` });
  commit({ 'src/.env': '# settings\n' });
  git('gc', '-q', '--aggressive');
  const { found, problems } = await search();
  expect(problems).toEqual([]);
  expect(found).toMatchObject([
    {
      repository: folder,
      object: 'blob',
      commit: added,
      path: 'src/.env',
      line: 3,
      found: { keyId: first.id },
    },
  ]);
});

test('keys in messages, tags, names of files, stashes, other branches and lost commits are found', async () => {
  commit({ 'a.txt': 'one\n' });
  const message = commit({}, `use ${text(first)} for now`);
  git('tag', '-a', 'v1', '-m', `with ${text(second)}`);
  git('checkout', '-q', '-b', 'other');
  const other = commit({ 'b.txt': `key ${text(keys[2] ?? first)}\n` });
  git('checkout', '-q', 'main');
  const named = commit({ [`${keys[3]?.secret}.txt`]: 'x\n' });
  const lost = commit({ 'c.txt': `${text(keys[4] ?? first)}\n` });
  git('reset', '-q', '--hard', named);
  const { found } = await search();
  const by = (index: number) => found.filter(({ found: { keyId } }) => keyId === keys[index]?.id);
  expect(by(0)).toMatchObject([{ object: 'commit', commit: message }]);
  expect(by(1)).toMatchObject([{ object: 'tag' }]);
  expect(by(2)).toMatchObject([{ object: 'blob', commit: other, path: 'b.txt' }]);
  // of that commit and of the lost one
  expect(by(3)).toMatchObject([{ object: 'tree' }, { object: 'tree' }]);
  expect(by(4)).toMatchObject([{ object: 'blob', commit: lost, path: 'c.txt' }]);
});

test('a bare repository and a submodule’s are searched too, a linked work tree’s only once', async () => {
  commit({ '.env': text(first) });
  git('clone', '-q', '--bare', '.', 'bare.git');
  git('worktree', 'add', '-q', join(folder, 'linked'), '--detach');
  const { found } = await search();
  expect(found.map(({ repository }) => repository).sort()).toEqual([folder, join(folder, 'bare.git')]);
  const linked = await search([join(folder, 'linked')]);
  expect(linked.found.map(({ repository }) => repository)).toEqual([folder]);
});

test('an object that git can’t read is reported, and the others are searched', async () => {
  commit({ '.env': text(first), 'b.env': text(second) });
  const id = git('rev-parse', 'HEAD:.env');
  await rm(join(folder, '.git/objects', id.slice(0, 2), id.slice(2)));
  execFileSync('sh', ['-c', `echo broken > .git/objects/${id.slice(0, 2)}/${id.slice(2)} || true`], {
    cwd: folder,
  });
  const { found, problems } = await search();
  expect(found).toMatchObject([{ found: { keyId: second.id } }]);
  expect(problems).toMatchObject([/git can’t read 1 of its objects/]);
});

test('every planted copy in a repository with many commits is found', async () => {
  const ways = Object.values(writings);
  const stream: (string | Buffer)[] = [];
  const planted: string[] = [];
  const put = (content: Buffer | string) => {
    const bytes = Buffer.from(content);
    stream.push(`data ${bytes.length}\n`, bytes, '\n');
  };
  for (let index = 0; index < commits; index += 1) {
    const key = keys[index % keys.length] ?? first;
    const way = ways[index % ways.length];
    if (!way) throw new Error('no way to write a key');
    stream.push('commit refs/heads/many\n', `committer a <a@b.c> ${1_700_000_000 + index} +0000\n`);
    put(`commit ${index}`);
    stream.push(`M 100644 inline src/file-${index % 50}.txt\n`);
    // each file grows by a version, so that packs store it as a difference
    put(
      Buffer.concat([
        Buffer.from(`version ${index}\n${'same line\n'.repeat(200)}`),
        Buffer.from(way.write(text(key))),
      ]),
    );
    planted.push(`${key.id} ${way.form} ${index}`);
  }
  execFileSync('git', ['fast-import', '--quiet'], {
    cwd: folder,
    input: Buffer.concat(stream.map((part) => Buffer.from(part))),
    env: { PATH: process.env.PATH, HOME: folder },
  });
  const begun = performance.now();
  const { found, problems, searched } = await search();
  const took = performance.now() - begun;
  expect(problems).toEqual([]);
  expect(found).toHaveLength(commits);
  const subjects = new Map(
    git('log', 'many', '--format=%H %s')
      .split('\n')
      .map((line) => [line.slice(0, 40), line.split(' ').at(-1)]),
  );
  const places = found.map(
    ({ found: { keyId, form }, commit: at }) => `${keyId} ${form} ${subjects.get(at ?? '')}`,
  );
  expect(places.sort()).toEqual(planted.sort());
  figure(0, 'planted in git', {
    commits,
    objects: searched.objects,
    found: found.length,
    seconds: Math.round(took / 100) / 10,
  });
}, 600_000);
