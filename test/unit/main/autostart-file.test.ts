import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import {
  autostartEntry,
  autostartPath,
  changeAutostart,
  readAutostart,
} from '../../../main/app/autostart-file.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'varvel-autostart-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test('it stands where the XDG specification says', () => {
  expect(autostartPath({ XDG_CONFIG_HOME: '/c' }, '/home/ada')).toBe('/c/autostart/varvel.desktop');
  for (const XDG_CONFIG_HOME of [undefined, '', 'relative']) {
    expect(autostartPath({ XDG_CONFIG_HOME }, '/home/ada')).toBe(
      '/home/ada/.config/autostart/varvel.desktop',
    );
  }
});

test('switching it on and off writes and removes the entry', () => {
  const path = join(folder, 'deep', 'varvel.desktop');
  expect(readAutostart(path)).toBe(false);
  changeAutostart(path, ['/opt/Varvel/varvel', '--in-tray']);
  expect(readAutostart(path)).toBe(true);
  expect(readFileSync(path, 'utf8')).toContain('Exec="/opt/Varvel/varvel" "--in-tray"\n');
  // the icon that the package installs: deb.test.ts
  expect(readFileSync(path, 'utf8')).toContain('Icon=varvel-desktop\n');
  expect(statSync(path).mode & 0o077).toBe(0);
  changeAutostart(path, ['/opt/Varvel/varvel']);
  changeAutostart(path, null);
  expect(readAutostart(path)).toBe(false);
  changeAutostart(path, null);
});

test.each(['Hidden=true', 'X-GNOME-Autostart-enabled=false', 'hidden = True'])(
  'a desktop’s own “off” counts: %s',
  (line) => {
    const path = join(folder, 'varvel.desktop');
    writeFileSync(path, `[Desktop Entry]\nType=Application\n${line}\nExec=varvel\n`);
    expect(readAutostart(path)).toBe(false);
  },
);

test('a path is quoted by the rules of the Desktop Entry specification', () => {
  const entry = autostartEntry(['/home/a b/50% "x" $HOME `id` \\ end']);
  expect(entry).toContain('Exec="/home/a b/50%% \\\\"x\\\\" \\\\$HOME \\\\`id\\\\` \\\\\\\\ end"\n');
  expect(() => autostartEntry(['/tmp/a\nExec=evil'])).toThrow(RangeError);
});
