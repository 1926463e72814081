import { randomBytes } from 'node:crypto';
import { lstatSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { patchFile } from '../../platform/files/patch-file.ts';
import { isWindows } from '../../platform/process/is-windows.ts';
import { type Bench, holds } from './bench.ts';

const tries = 50;

export async function proveFiles({ folder }: Bench): Promise<string> {
  const at = join(folder, 'files-of-others');
  mkdirSync(at);
  const target = join(at, 'target');
  const link = join(at, 'link');
  const isLinked = !isWindows();
  if (isLinked) symlinkSync('target', link);
  for (let n = 0; n < tries; n += 1) {
    const before = randomBytes(500);
    const added = randomBytes(30);
    writeFileSync(target, before);
    await patchFile(isLinked ? link : target, (there) => Buffer.concat([there ?? Buffer.alloc(0), added]));
    holds(readFileSync(target).equals(Buffer.concat([before, added])), 'A patched file lost what it held.');
  }
  holds(!isLinked || lstatSync(link).isSymbolicLink(), 'A symbolic link was replaced.');
  return `${tries} random files patched, every other byte kept${isLinked ? ', the link too' : ''}`;
}
