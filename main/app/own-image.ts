import { realpathSync } from 'node:fs';

/**
 * Takes the variables of an AppImage away, unless this program runs from it: a terminal inside another AppImage hands them on,
 * and what is updated or started at login would be that program. From here on, APPIMAGE is this program's own file.
 */
export function forgetForeignImage(variables: NodeJS.ProcessEnv, program: string): void {
  if (variables.APPDIR && program.startsWith(`${realFolder(variables.APPDIR)}/`)) return;
  for (const name of ['APPIMAGE', 'APPDIR', 'ARGV0', 'OWD']) delete variables[name];
}

/** The system tells the program's path without links. */
function realFolder(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}
