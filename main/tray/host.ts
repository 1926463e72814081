import { execFile } from 'node:child_process';

const watcher = 'org.kde.StatusNotifierWatcher';
const bus = 'org.freedesktop.DBus';

/** Commands that ask the session bus whether a tray host is running. A desktop has one of them. */
const busQueries = [
  {
    command: 'gdbus',
    args: ['call', '--session', '--dest', bus, '--object-path', '/org/freedesktop/DBus'].concat(
      '--method',
      `${bus}.NameHasOwner`,
      watcher,
    ),
  },
  {
    command: 'dbus-send',
    args: ['--session', '--print-reply', `--dest=${bus}`, '/org/freedesktop/DBus'].concat(
      `${bus}.NameHasOwner`,
      `string:${watcher}`,
    ),
  },
];

const run = (command: string, args: string[]): Promise<string | null> =>
  new Promise((resolve) => {
    execFile(command, args, { timeout: 1500 }, (error, stdout) => resolve(error ? null : stdout));
  });

/**
 * Whether the desktop shows tray icons. Some on Linux don't (GNOME without its extension), and Electron doesn't report
 * it. When in doubt the answer is no: without tray and window, nobody could reach the program.
 */
export async function isTrayVisible(platform: NodeJS.Platform): Promise<boolean> {
  if (platform !== 'linux') return true;
  for (const { command, args } of busQueries) {
    const answer = await run(command, args);
    if (answer !== null) return /\btrue\b/.test(answer);
  }
  return false;
}
