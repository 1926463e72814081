// `npm run package`: builds, lays out dist/stage, and packs with electron-builder for this system.
//   npm run package -- --universal      on a Mac with Apple silicon, for both processors
//   npm run package -- --dir            a folder instead of packages; further options go to electron-builder
import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const root = join(import.meta.dirname, '..');
const options = process.argv.slice(2);
const builder = createRequire(import.meta.url).resolve('electron-builder/package.json');

function run(script: string, ...args: string[]): void {
  const { status, error } = spawnSync(process.execPath, [script, ...args], { cwd: root, stdio: 'inherit' });
  if (error) throw error;
  if (status !== 0) process.exit(status ?? 1);
}

run(join(root, 'scripts', 'build.ts'));
run(join(root, 'scripts', 'build-desktop.ts'));
run(join(root, 'scripts', 'stage-desktop.ts'), ...options.filter((option) => option === '--universal'));
run(join(dirname(builder), 'cli.js'), ...options);
