import { type StdioOptions, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/** Time limit for downloading Electron, in milliseconds. */
const patienceMs = 180_000;

/** The program in Electron's archive, if its package doesn't say. */
const usualPrograms: Partial<Record<NodeJS.Platform, string>> = {
  darwin: 'Electron.app/Contents/MacOS/Electron',
  win32: 'electron.exe',
};

/** Electron's program, or why there is none. */
export type FoundElectron = { program: string } | { missing: string };

/** Finds an Electron that can show the window here. @param who the prefix of messages */
export function findElectron(env: NodeJS.ProcessEnv, who = 'start'): FoundElectron {
  const isLinux = process.platform === 'linux';
  if (isLinux && !env.DISPLAY && !env.WAYLAND_DISPLAY) {
    return { missing: 'There is no display for the desktop program' };
  }
  // Electron's sandbox doesn't work for root, and Varvel requires it
  if (isLinux && process.getuid?.() === 0) return { missing: 'Electron can’t run as root' };
  // npm may skip install scripts, and Electron's install script downloads it: do that for a person at a terminal
  return electronProgram(env, who, process.stdin.isTTY && !env.CI);
}

/** Finds Electron's program, and downloads it if that is allowed. */
export function electronProgram(env: NodeJS.ProcessEnv, who: string, mayDownload: boolean): FoundElectron {
  const folder = packageFolder();
  if (folder === null) return { missing: 'Electron is not installed' };
  const program = programIn(folder, env);
  if (existsSync(program)) return { program };
  if (mayDownload && !env.ELECTRON_SKIP_BINARY_DOWNLOAD && !env.ELECTRON_OVERRIDE_DIST_PATH) {
    process.stderr.write(`${who}: Downloading Electron (only once)…\n`);
    const stdio: StdioOptions = ['inherit', 2, 2];
    spawnSync(process.execPath, [join(folder, 'install.js')], { stdio, timeout: patienceMs });
    const downloaded = programIn(folder, env);
    if (existsSync(downloaded)) return { program: downloaded };
  }
  return { missing: 'Electron is not installed' };
}

/** Null when npm left out development packages. */
function packageFolder(): string | null {
  try {
    return dirname(createRequire(import.meta.url).resolve('electron/package.json'));
  } catch {
    return null;
  }
}

function programIn(folder: string, env: NodeJS.ProcessEnv): string {
  const pathFile = join(folder, 'path.txt');
  const name = existsSync(pathFile)
    ? readFileSync(pathFile, 'utf8').trim()
    : (usualPrograms[process.platform] ?? 'electron');
  return join(env.ELECTRON_OVERRIDE_DIST_PATH || join(folder, 'dist'), name);
}
