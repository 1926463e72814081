import { spawnSync } from 'node:child_process';
import { randomBytes, randomUUID } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createScanner, type KnownKey } from '../../core/find/scanner.ts';
import { createSources } from '../../platform/find/sources.ts';
import { medianOf } from './median.ts';

/** What finding copies of 50 keys takes. */
export interface FindCost {
  /** Searching text in memory, in GB for each second of the processor. */
  speed: number;
  /** A tree of files, in milliseconds; `grep` is null without grep. */
  varvel: number;
  grep: number | null;
  /** The tree's size, in bytes. */
  bytes: number;
}

const keyCount = 50;
const fileCount = 2000;
const rounds = 7;

/** Searches the same tree as grep does, in turns, so that what the machine does meanwhile hits both alike. */
export async function measureFind(root: string, parent: string): Promise<FindCost> {
  const folder = mkdtempSync(join(parent, 'find-'));
  try {
    const keys = Array.from(
      { length: keyCount },
      (): KnownKey => ({ id: randomUUID(), secret: randomBytes(16).toString('hex') }),
    );
    const text = textOf(root);
    const tree = join(folder, 'tree');
    let bytes = 0;
    for (let index = 0; index < fileCount; index += 1) {
      const inside = join(tree, String(index % 50));
      mkdirSync(inside, { recursive: true });
      const size = 20_000 + (index % 10) * 20_000;
      const start = (index * 7919) % (text.length - size);
      writeFileSync(join(inside, `${index}.ts`), text.subarray(start, start + size));
      bytes += size;
    }
    // one in a thousand files holds a key
    for (const [index, { id, secret }] of keys.slice(0, 2).entries())
      writeFileSync(join(tree, String(index), 'found.env'), `FAL_KEY=${id}:${secret}\n`);
    const patterns = join(folder, 'patterns');
    writeFileSync(patterns, keys.map(({ secret }) => `${secret}\n`).join(''));

    const scanner = createScanner(keys);
    const speeds: number[] = [];
    const times = { varvel: [] as number[], grep: [] as number[] };
    for (let round = 0; round <= rounds; round += 1) {
      const before = process.cpuUsage();
      scanner.scan(text, text.length);
      const { user, system } = process.cpuUsage(before);
      const varvel = await timed(() => search(tree, keys));
      const grep = await timed(() => runGrep(patterns, tree));
      // the first only warms up
      if (round === 0) continue;
      speeds.push(text.length / 1e9 / ((user + system) / 1e6));
      if (varvel !== null) times.varvel.push(varvel);
      if (grep !== null) times.grep.push(grep);
    }
    return {
      speed: medianOf(speeds),
      varvel: medianOf(times.varvel),
      grep: times.grep.length > 0 ? medianOf(times.grep) : null,
      bytes,
    };
  } finally {
    rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
  }
}

/** Text as projects have it: what TypeScript's own package says, 64 MB of it. */
function textOf(root: string): Buffer {
  const file = readFileSync(join(root, 'node_modules', 'typescript', 'lib', 'typescript.js'));
  return Buffer.concat(Array.from({ length: Math.ceil(64e6 / file.length) }, () => file));
}

async function search(tree: string, keys: KnownKey[]): Promise<boolean> {
  let found = 0;
  await createSources(process.env).search(
    [tree],
    { largest: 1e9, otherFileSystems: false, history: false },
    {
      scanner: createScanner(keys),
      found: () => {
        found += 1;
      },
      notSearched: () => undefined,
      progress: () => undefined,
      restMs: 0,
      signal: new AbortController().signal,
    },
  );
  if (found !== 2) throw new Error(`found ${found} of 2 copies`);
  return true;
}

function runGrep(patterns: string, tree: string): boolean {
  const { error, stdout } = spawnSync('grep', ['-r', '-F', '-n', '-f', patterns, tree], {
    encoding: 'utf8',
    env: { ...process.env, LC_ALL: 'C' },
  });
  if (error) return false;
  if (stdout.trim().split('\n').length !== 2) throw new Error('grep did not find 2 copies');
  return true;
}

/** Milliseconds; null when it couldn't be done. */

async function timed(work: () => boolean | Promise<boolean>): Promise<number | null> {
  const start = performance.now();
  return (await work()) ? performance.now() - start : null;
}
