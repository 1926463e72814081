import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { must, root, say } from './run.mjs';

/** The sources of dist/. */
const sources = [
  'contract',
  'bridge',
  'host',
  'cli',
  'core',
  'platform',
  'sandbox',
  'web',
  'renderer',
  'package.json',
  'package-lock.json',
  'scripts/build.ts',
  'scripts/build-renderer.ts',
];
const built = join(root, 'dist', 'cli', 'varvel.cjs');

/** Builds dist/ when it is missing or older than its sources. */
export function buildWhenStale(node) {
  if (existsSync(built)) {
    const since = statSync(built).mtimeMs;
    if (!sources.some((path) => isNewer(join(root, path), since))) return;
  }
  say('Building the command line and the window (npm run build)');
  must(node, [join(root, 'scripts', 'build.ts')]);
}

/** Also checks folders: their time changes when a file is added or removed. */
function isNewer(path, since) {
  const entry = statSync(path, { throwIfNoEntry: false });
  if (!entry) return false;
  if (entry.mtimeMs > since) return true;
  return entry.isDirectory() && readdirSync(path).some((name) => isNewer(join(path, name), since));
}
