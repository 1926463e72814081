import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createScanner } from '../../../core/find/scanner.ts';
import { createSources } from '../../../platform/find/sources.ts';
import { openGit, streamGit } from '../../../platform/git/git-stream.ts';
import { newKey } from '../../unit/core/find/forms.ts';

const key = newKey();
let folder = '';
const at = (name: string) => join(folder, name);

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'varvel-waiting-'));
  execFileSync('git', ['init', '-q', folder]);
  writeFileSync(at('.env'), `FAL_KEY=${key.id}:${key.secret}\n`);
});
afterEach(() => rm(folder, { recursive: true }));

/** A FIFO that nobody writes to, as an unpacked archive can hold it: who opens it to read waits forever. */
function putFifo(name: string): void {
  mkdirSync(dirname(at(name)), { recursive: true });
  rmSync(at(name), { force: true });
  execFileSync('mkfifo', [at(name)]);
}

async function search() {
  const problems: string[] = [];
  let found = 0;
  await createSources({ HOME: '/nowhere' }).search(
    [folder],
    { largest: 1e9, otherFileSystems: false, history: true },
    {
      scanner: createScanner([key]),
      found: () => {
        found += 1;
      },
      notSearched: ({ path, reason }) => void problems.push(`${path}: ${reason}`),
      progress: () => undefined,
      restMs: 0,
      signal: new AbortController().signal,
    },
  );
  return { found, problems };
}

test.each([
  ...['HEAD', 'config', 'commondir', 'packed-refs', 'index', 'shallow', 'refs/heads/main'],
  ...['info/grafts', 'objects/info/alternates', 'objects/ab/cdef0123456789abcdef0123456789abcdef01'],
])('a repository whose %s is a FIFO is named, and the files beside it are searched', async (name) => {
  putFifo(`.git/${name}`);
  const problem = `${at('.git')}: its history can’t be read: ${name} is a FIFO or a device`;
  expect(await search()).toEqual({ found: 1, problems: [problem] });
});

const elsewhere: [name: string, put: () => void][] = [
  [
    'the settings that a repository includes',
    () => writeFileSync(at('.git/config'), '[Include]\n\tpath = ../waits\n'),
  ],
  [
    'the settings that those include',
    () => {
      writeFileSync(at('.git/config'), `[includeIf "gitdir:**"]\n\tpath = "${at('more')}"\n`);
      writeFileSync(at('more'), '[include]\n\tpath = wa\\\nits\n');
    },
  ],
  [
    'the objects that a repository borrows',
    () => {
      mkdirSync(at('lent/pack'), { recursive: true });
      putFifo('lent/pack/waits');
      writeFileSync(at('.git/objects/info/alternates'), '../../lent\n');
    },
  ],
  [
    'a folder that a repository links to',
    () => {
      mkdirSync(at('lent'));
      putFifo('lent/waits');
      symlinkSync(at('lent'), at('.git/objects/ab'));
    },
  ],
  [
    'the repository that has a work tree’s objects',
    () => {
      execFileSync('git', ['init', '-q', '--bare', at('main')]);
      putFifo('main/packed-refs');
      writeFileSync(at('.git/commondir'), '../main\n');
    },
  ],
];

test.each(elsewhere)('a FIFO among %s is named', async (_, put) => {
  putFifo('waits');
  put();
  const { found, problems } = await search();
  expect(found).toBe(1);
  const ofTree = problems.filter((problem) => problem.startsWith(at('.git')));
  expect(ofTree).toEqual([expect.stringMatching(/its history can’t be read: .* is a FIFO or a device$/)]);
});

test('the socket of git’s file watcher is no problem', async () => {
  const server = createServer().listen(at('.git/fsmonitor--daemon.ipc'));
  try {
    await once(server, 'listening');
    expect(await search()).toEqual({ found: 1, problems: [] });
  } finally {
    server.close();
  }
});

test('a work tree whose repository names another one through a FIFO is searched', async () => {
  putFifo('elsewhere/commondir');
  writeFileSync(join(folder, 'elsewhere', 'name'), '');
  mkdirSync(at('tree'));
  writeFileSync(at('tree/.git'), 'gitdir: ../elsewhere\n');
  expect(await search()).toEqual({ found: 1, problems: [] });
});

test('a git that waits for a FIFO elsewhere is ended', async () => {
  putFifo('more');
  writeFileSync(at('.git/config'), `[include]\n\tpath = ${at('more')}\n`);
  const run = { where: ['-C', folder], args: ['ls-files'], silentMs: 500 };
  await expect(
    streamGit({ ...run, signal: new AbortController().signal }, () => undefined),
  ).rejects.toMatchObject({ code: 'unexpected', message: 'git ls-files doesn’t answer.' });
});

test('what git wrote before anybody reads it is all there', async () => {
  const read = openGit({ where: [], args: ['--version'], signal: new AbortController().signal });
  await sleep(200);
  let text = '';
  await read((part) => {
    text += part.toString();
    return true;
  });
  expect(text).toMatch(/^git version/);
});
