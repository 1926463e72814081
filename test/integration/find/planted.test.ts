import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createScanner, type Match } from '../../../core/find/scanner.ts';
import type { FoundAt } from '../../../core/ports/sources.ts';
import { createSources } from '../../../platform/find/sources.ts';
import { figure } from '../../attacks/figures.ts';
import { newKey, writings } from '../../unit/core/find/forms.ts';
import { type Guess, guesses } from './guesses.ts';
import { decoy, kinds } from './kinds.ts';

/** How many copies to plant: some hundreds, or as many as are asked for. */
const wanted = Number(process.env.VARVEL_PLANTED ?? Object.keys(kinds).length * Object.keys(writings).length);

const keys = Array.from({ length: 50 }, newKey);

interface Planted {
  path: string;
  keyId: string;
  part: 'key' | 'secret';
  form: string;
}

/** Plants copies, each in a file of its own, beside as many files with keys of other people. */
async function plant(
  folder: string,
): Promise<{ planted: Planted[]; decoys: string[]; contents: Map<string, Buffer> }> {
  const planted: Planted[] = [];
  const decoys: string[] = [];
  const contents = new Map<string, Buffer>();
  const names = Object.keys(kinds);
  const ways = Object.keys(writings);
  for (let index = 0; index < wanted; index += 1) {
    const name = names[index % names.length] ?? '';
    const way = writings[ways[Math.floor(index / names.length) % ways.length] ?? ''];
    const key = keys[index % keys.length] ?? newKey();
    const make = kinds[name];
    if (!way || !make) throw new Error('no such kind');
    const part = index % 5 === 4 ? 'secret' : 'key';
    const inside = join(folder, String(index % 97), String(index));
    await mkdir(inside, { recursive: true });
    const text = part === 'key' ? `${key.id}:${key.secret}` : key.secret;
    const [path, other] = [join(inside, name), join(inside, `other-${name}`)];
    contents.set(path, await make(Buffer.from(way.write(text))));
    contents.set(other, await make(Buffer.from(way.write(decoy()))));
    planted.push({ path, keyId: key.id, part, form: way.form });
    decoys.push(other);
  }
  for (const [path, content] of contents) await writeFile(path, content);
  return { planted, decoys, contents };
}

test('every planted copy is found, in all kinds of files and all forms, and nothing else', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'varvel-planted-'));
  try {
    const { planted, decoys, contents } = await plant(folder);
    const found: Planted[] = [];
    const searched = await createSources({ HOME: '/nowhere' }).search(
      [folder],
      { largest: 1e9, otherFileSystems: false, history: true },
      {
        scanner: createScanner(keys),
        found({ place, found: { keyId, part, form } }: FoundAt<Match>) {
          if (place.kind === 'file') found.push({ path: place.path, keyId, part, form });
        },
        notSearched: (what) => expect.fail(`not searched: ${JSON.stringify(what)}`),
        progress: () => undefined,
        restMs: 0,
        signal: new AbortController().signal,
      },
    );
    const byPath = (one: Planted, other: Planted) => (one.path < other.path ? -1 : 1);
    expect(found.toSorted(byPath)).toEqual(planted.toSorted(byPath));
    expect(searched.files).toBe(2 * wanted);
    const missed = (guess: Guess) =>
      planted.filter(({ path }) => !guess(contents.get(path) ?? Buffer.alloc(0)));
    const falseAlarms = (guess: Guess) =>
      decoys.filter((path) => guess(contents.get(path) ?? Buffer.alloc(0)));
    figure(0, 'planted copies', {
      'planted copies': wanted,
      'found by varvel find': found.length,
      ...Object.fromEntries(
        Object.entries(guesses).flatMap(([name, guess]) => [
          [`missed by ${name}`, missed(guess).length],
          [`files without a key of ours that ${name} reports`, falseAlarms(guess).length],
        ]),
      ),
    });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}, 600_000);
