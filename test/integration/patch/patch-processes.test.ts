import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { patchFile } from '../../../platform/files/patch-file.ts';
import { attackRounds, figure } from '../../attacks/figures.ts';
import { temporaryFolder } from '../platform/temporary-folder.ts';
import { startPatcher } from './patch-child.ts';

const linesOf = (path: string) => readFileSync(path, 'utf8').split('\n').filter(Boolean);
const said = (lines: string[]) => lines.filter((line) => line !== 'ready');

test('several Varvels that write one file lose none of what each was told is written', async () => {
  using folder = temporaryFolder();
  const path = join(folder.path, 'file');
  const locks = join(folder.path, 'home');
  const children = ['a', 'b', 'c'].map((name) => startPatcher('patch-on', [path, name, '25', locks]));
  for (const child of children) expect(await child.ended, child.errors()).toBe(0);
  expect(linesOf(path).sort()).toEqual(children.flatMap(({ lines }) => said(lines)).sort());
  expect(linesOf(path)).toHaveLength(75);
  figure(13, 'several Varvels', { 'concurrent patches': 75, 'patches lost': 0 });
});

test('beside a program that rewrites the file in place, nothing that it wrote is lost, and the file is whole', async () => {
  using folder = temporaryFolder();
  const path = join(folder.path, 'file');
  writeFileSync(path, '');
  const theirs = startPatcher('rewrite-on', [path, 'theirs']);
  const ours = startPatcher('patch-on', [path, 'ours']);
  await ours.printed(1);
  for (let written = 1; written <= 150; written += 1) {
    theirs.process.stdin?.write('go\n');
    await theirs.printed(written);
    // it must not write again before the change it has hit is made: between two writes of its own, nothing can be saved
    await ours.printed(ours.lines.length + 2);
  }
  theirs.process.stdin?.end();
  expect(await theirs.ended, theirs.errors()).toBe(0);
  ours.process.kill('SIGKILL');
  await ours.ended;
  const lines = linesOf(path);
  expect(lines.filter((line) => line.startsWith('theirs'))).toEqual(theirs.lines);
  expect(theirs.lines).toHaveLength(150);
  figure(13, 'beside another writer', { 'writes of another program': 150, 'writes of it lost': 0 });
  // it writes what it read before, so that it can drop ours; whatever is there is a whole line of somebody's
  for (const line of lines) expect(line).toMatch(/^(ours|theirs)-\d+$/);
});

test('killed at any moment, it leaves the old content or the new, and the next one clears up', async () => {
  using folder = temporaryFolder();
  const path = join(folder.path, 'file');
  let left = 0;
  const rounds = 25 * attackRounds;
  for (let round = 0; round < rounds; round += 1) {
    const child = startPatcher('flip', [path]);
    await child.printed(1);
    await sleep(Math.random() * 30);
    child.process.kill('SIGKILL');
    await child.ended;
    left += readdirSync(folder.path).length - (existsSync(path) ? 1 : 0);
    if (!existsSync(path)) continue;
    const text = readFileSync(path, 'latin1');
    expect(text).toHaveLength(200_000);
    expect(text).toMatch(/^(a+|b+)$/);
  }
  await patchFile(path, () => Buffer.from('end'));
  expect(readdirSync(folder.path)).toEqual(['file']);
  expect(left).toBeGreaterThan(0);
  figure(13, 'killed while it patches', {
    'patchers killed': rounds,
    'killed amid a write': left,
    'torn files': 0,
  });
});

test('a temporary file of a process that lives, and one that is not ours, stay', async () => {
  using folder = temporaryFolder();
  const names = [`.varvel-${process.ppid}-0123456789abcdef.tmp`, '.varvel-x.tmp', 'file.tmp'];
  for (const name of names) writeFileSync(join(folder.path, name), 'x');
  symlinkSync('file.tmp', join(folder.path, '.varvel-999999999-0123456789abcdef.tmp'));
  await patchFile(join(folder.path, 'file'), () => Buffer.from('x'));
  expect(readdirSync(folder.path)).toHaveLength(names.length + 2);
});

const strace = existsSync('/usr/bin/strace');

test.runIf(strace)('the system is asked for it in the promised order', async () => {
  using folder = temporaryFolder();
  const path = join(folder.path, 'file');
  writeFileSync(path, 'old\n');
  const log = join(folder.path, 'log');
  const under = [
    'strace',
    '-f',
    '-o',
    log,
    '-e',
    'trace=openat,rename,renameat,renameat2,fsync,fchmod,chmod',
  ];
  const child = startPatcher('patch-on', [path, 'x', '1'], { under });
  expect(await child.ended, child.errors()).toBe(0);
  const calls = readFileSync(log, 'utf8')
    .split('\n')
    .filter((line) => line.includes(folder.path) || line.includes('sync('));
  const order = [
    /openat\(.*\/file", O_RDONLY\|O_NONBLOCK\|O_NOFOLLOW/,
    /openat\(.*\/\.varvel-\d+-\w+\.tmp", O_WRONLY\|O_CREAT\|O_EXCL\|O_TRUNC\|O_CLOEXEC, 0600\)/,
    /fsync\(/,
    /openat\(.*\/file", O_RDONLY/,
    /rename\(".*\/\.varvel-\d+-\w+\.tmp", ".*\/file"\)/,
    /openat\(.*", O_RDONLY\|O_CLOEXEC\)/,
    /fsync\(/,
  ];
  let from = 0;
  for (const step of order) {
    const at = calls.findIndex((line, index) => index >= from && step.test(line));
    expect(at, `${step} in\n${calls.join('\n')}`).toBeGreaterThanOrEqual(from);
    from = at + 1;
  }
  expect(calls.filter((line) => line.includes('O_TRUNC') && !line.includes('O_EXCL'))).toEqual([]);
});

test('a disk that is full leaves the old file and no other', async () => {
  using folder = temporaryFolder();
  const path = join(folder.path, 'file');
  writeFileSync(path, 'old');
  const script = `import { patchFile } from ${JSON.stringify(join(import.meta.dirname, '../../../platform/files/patch-file.ts'))};
    process.on('SIGXFSZ', () => {});
    await patchFile(process.argv[1], () => Buffer.alloc(4_000_000)).catch((error) => console.log(error.code));`;
  const limited = [
    '-c',
    'ulimit -f 8; exec "$0" --input-type=module -e "$1" "$2"',
    process.execPath,
    script,
    path,
  ];
  expect(execFileSync('bash', limited, { encoding: 'utf8' })).toBe('storage_full\n');
  expect([readFileSync(path, 'utf8'), readdirSync(folder.path)]).toEqual(['old', ['file']]);
});
