import { type StdioOptions, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/** How long Electron may take to be downloaded, in milliseconds. */
const patienceMs = 180_000;

/** The program in Electron's own archive, where its package doesn't say. */
const usualPrograms: Partial<Record<NodeJS.Platform, string>> = {
  darwin: 'Electron.app/Contents/MacOS/Electron',
  win32: 'electron.exe',
};

/** Electron's program, or in words why there is none. */
export type FoundElectron = { program: string } | { missing: string };

/** Looks for an Electron that can show the window here. @param who begins what is said about a download */
export function findElectron(env: NodeJS.ProcessEnv, who = 'start'): FoundElectron {
  const isLinux = process.platform === 'linux';
  if (isLinux && !env.DISPLAY && !env.WAYLAND_DISPLAY) {
    return { missing: 'There is no display here for the desktop program' };
  }
  // its sandbox doesn't work for root, and Varvel doesn't run without it
  if (isLinux && process.getuid?.() === 0) return { missing: 'Electron does not run as root' };
  // somebody sits before it: npm may have been told to run no install scripts, and theirs is what fetches it
  return electronProgram(env, who, process.stdin.isTTY && !env.CI);
}

/** Looks for Electron's program, and fetches it where that is wanted and nobody forbade it. */
export function electronProgram(env: NodeJS.ProcessEnv, who: string, mayDownload: boolean): FoundElectron {
  const folder = packageFolder();
  if (folder === null) return { missing: 'Electron is not here' };
  const program = programIn(folder, env);
  if (existsSync(program)) return { program };
  if (mayDownload && !env.ELECTRON_SKIP_BINARY_DOWNLOAD && !env.ELECTRON_OVERRIDE_DIST_PATH) {
    process.stderr.write(`${who}: Electron is downloaded, once.\n`);
    const stdio: StdioOptions = ['inherit', 2, 2];
    spawnSync(process.execPath, [join(folder, 'install.js')], { stdio, timeout: patienceMs });
    const downloaded = programIn(folder, env);
    if (existsSync(downloaded)) return { program: downloaded };
  }
  return { missing: 'Electron is not here' };
}

/** Null when npm was told to leave development packages out. */
function packageFolder(): string | null {
  try {
    return dirname(createRequire(import.meta.url).resolve('electron/package.json'));
  } catch {
    return null;
  }
}

function programIn(folder: string, env: NodeJS.ProcessEnv): string {
  const said = join(folder, 'path.txt');
  const name = existsSync(said)
    ? readFileSync(said, 'utf8').trim()
    : (usualPrograms[process.platform] ?? 'electron');
  return join(env.ELECTRON_OVERRIDE_DIST_PATH || join(folder, 'dist'), name);
}
