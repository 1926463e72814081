import { lstatSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { giveUp, must, root, say } from './run.mjs';

/** Runs `npm ci` unless what is installed is what package-lock.json says. */
export function installDependencies() {
  if (isInstalled()) return;
  const folder = join(root, 'node_modules');
  if (lstatSync(folder, { throwIfNoEntry: false })?.isSymbolicLink()) {
    // npm ci empties the folder first: that would be another checkout's
    giveUp([`${folder} is a link and does not hold what package-lock.json says; remove the link first.`]);
  }
  say('npm ci: the packages of package-lock.json');
  // also where NODE_ENV says production: what builds is among the development packages
  const args = ['ci', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error', '--no-update-notifier'];
  const npm = process.env.npm_execpath;
  if (npm?.endsWith('.js')) must(process.execPath, [npm, ...args]);
  // npm is a .cmd file on Windows, which only a shell can start
  else must('npm', args, { shell: process.platform === 'win32' });
}

/**
 * Compares contents, not times: git sets times anew. npm writes what it installed to a lock file of its own, the
 * last thing it does, without the packages of other systems.
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
