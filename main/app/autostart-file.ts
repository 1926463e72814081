import { existsSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { atomicWriteNow } from '../../platform/files/atomic-write.ts';
import { makePrivateFolder } from '../../platform/files/private-folder.ts';

/** Where a program of this user is named to start at login: the XDG autostart specification. */
export function autostartPath(variables: NodeJS.ProcessEnv, userFolder: string): string {
  const config = variables.XDG_CONFIG_HOME;
  // a relative path is to be ignored
  return join(config?.startsWith('/') ? config : join(userFolder, '.config'), 'autostart', 'varvel.desktop');
}

/** One word of Exec, by the Desktop Entry specification: quoted, % doubled, and escaped once more as a string. */
const execWord = (word: string): string =>
  `"${word.replaceAll(/["`$\\]/g, (character) => `\\${character}`)}"`
    .replaceAll('%', '%%')
    .replaceAll('\\', '\\\\');

/** The entry that starts a program. @throws RangeError for a path that no entry can hold */
export function autostartEntry(command: readonly string[]): string {
  if (command.some((word) => /[\n\r\0]/.test(word))) {
    throw new RangeError('A path with a line break in it can’t be started at login.');
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

/** Whether the entry is there and not switched off, as desktops' own settings do it. */
export function readAutostart(path: string): boolean {
  if (!existsSync(path)) return false;
  const text = readFileSync(path, 'utf8');
  return !/^(Hidden\s*=\s*true|X-GNOME-Autostart-enabled\s*=\s*false)\s*$/im.test(text);
}

export function changeAutostart(path: string, command: readonly string[] | null): void {
  if (!command) {
    rmSync(path, { force: true });
    return;
  }
  const text = autostartEntry(command);
  makePrivateFolder(dirname(path));
  atomicWriteNow(path, text);
}
