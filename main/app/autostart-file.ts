import { existsSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { atomicWriteNow } from '../../platform/files/atomic-write.ts';
import { makePrivateFolder } from '../../platform/files/private-folder.ts';

/** The user's autostart entry for Varvel, as the XDG autostart specification places it. */
export function autostartPath(variables: NodeJS.ProcessEnv, userFolder: string): string {
  const config = variables.XDG_CONFIG_HOME;
  // the specification says to ignore a relative path
  return join(config?.startsWith('/') ? config : join(userFolder, '.config'), 'autostart', 'varvel.desktop');
}

/** One word of Exec, by the Desktop Entry specification: quoted, % doubled, and escaped once more as a string. */
const execWord = (word: string): string =>
  `"${word.replaceAll(/["`$\\]/g, (character) => `\\${character}`)}"`
    .replaceAll('%', '%%')
    .replaceAll('\\', '\\\\');

/** The desktop entry that starts `command`. @throws RangeError for a path with a line break */
export function autostartEntry(command: readonly string[]): string {
  if (command.some((word) => /[\n\r\0]/.test(word))) {
    throw new RangeError('A program can’t start at login from a path with a line break.');
  }
  return [
    '[Desktop Entry]',
    'Type=Application',
    'Name=Varvel',
    'Comment=Accounts, profiles and API keys for fal',
    `Exec=${command.map(execWord).join(' ')}`,
    // as electron-builder.yml's executableName names it
    'Icon=varvel-desktop',
    'Terminal=false',
    'X-GNOME-Autostart-enabled=true',
    '',
  ].join('\n');
}

/** Whether the entry exists and the desktop's settings haven't turned it off. */
export function readAutostart(path: string): boolean {
  if (!existsSync(path)) return false;
  const text = readFileSync(path, 'utf8');
  return !/^(Hidden\s*=\s*true|X-GNOME-Autostart-enabled\s*=\s*false)\s*$/im.test(text);
}

/** Writes the entry that starts `command` at login, or deletes it when `command` is null. */
export function changeAutostart(path: string, command: readonly string[] | null): void {
  if (!command) {
    rmSync(path, { force: true });
    return;
  }
  const text = autostartEntry(command);
  makePrivateFolder(dirname(path));
  atomicWriteNow(path, text);
}
