import { lstatSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { giveUp, must, root, say } from './run.mjs';

/** Runs `npm ci` unless node_modules matches package-lock.json. */
export function installDependencies() {
  if (isInstalled()) return;
  const folder = join(root, 'node_modules');
  if (lstatSync(folder, { throwIfNoEntry: false })?.isSymbolicLink()) {
    // npm ci empties the folder first, which may be another checkout's
    giveUp([`${folder} is a link and doesn’t match package-lock.json. Remove the link first.`]);
  }
  say('Installing packages (npm ci)');
  // also when NODE_ENV is production: the build tools are development packages
  const args = ['ci', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error', '--no-update-notifier'];
  const npm = process.env.npm_execpath;
  if (npm?.endsWith('.js')) must(process.execPath, [npm, ...args]);
  // on Windows, npm is a .cmd file, which only a shell can start
  else must('npm', args, { shell: process.platform === 'win32' });
}

/**
 * Compares contents, not times: git changes times. As its last step, npm writes what it installed to its own lock
 * file, without packages for other systems.
 */
function isInstalled() {
  const wanted = packagesOf(join(root, 'package-lock.json'));
  const present = packagesOf(join(root, 'node_modules', '.package-lock.json'));
  if (!wanted || !present) return false;
  const isThere = ([path, { version, optional }]) =>
    path === '' || present[path]?.version === version || (optional === true && !present[path]);
  return Object.entries(wanted).every(isThere) && Object.keys(present).every((path) => wanted[path]);
}

function packagesOf(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8')).packages;
  } catch {
    return undefined;
  }
}
