import { callSessionBus } from '../../platform/process/session-bus.ts';

const watcher = 'org.kde.StatusNotifierWatcher';
const bus = 'org.freedesktop.DBus';

/**
 * Whether the desktop shows tray icons. Some on Linux don't (GNOME without its extension), and Electron doesn't report
 * it. When in doubt the answer is no: without tray and window, nobody could reach the program.
 */
export async function isTrayVisible(platform: NodeJS.Platform): Promise<boolean> {
  if (platform !== 'linux') return true;
  const answer = await callSessionBus({
    to: bus,
    path: '/org/freedesktop/DBus',
    method: `${bus}.NameHasOwner`,
    argument: { gvariant: watcher, dbusSend: `string:${watcher}` },
  });
  return answer !== null && /\btrue\b/.test(answer);
}
