import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { type Installation, updateObstacle } from '../../../main/update/obstacle.ts';
import { isTeamSignature } from '../../../platform/process/code-signature.ts';

const yml = 'app-update.yml';

const cases: {
  name: string;
  files: string[];
  change: Partial<Installation>;
  signed?: boolean;
  why: string | null;
}[] = [
  { name: 'a checkout', files: [yml], change: { isPackaged: false }, why: 'checkout' },
  { name: 'a deb', files: [yml, 'package-type'], change: {}, why: 'package_manager' },
  { name: 'a package without a source', files: [], change: {}, why: 'no_source' },
  { name: 'an unpacked AppImage', files: [yml], change: { env: {} }, why: 'unpacked' },
  { name: 'an AppImage', files: [yml], change: {}, why: null },
  { name: 'an unsigned Mac app', files: [yml], change: { platform: 'darwin' }, why: 'unsigned' },
  { name: 'a signed Mac app', files: [yml], change: { platform: 'darwin' }, signed: true, why: null },
  { name: 'a Windows installation', files: [yml], change: { platform: 'win32', env: {} }, why: null },
];

test.each(cases)('$name: updates are off because of $why', async ({ files, change, signed = false, why }) => {
  const resources = mkdtempSync(join(tmpdir(), 'varvel-update-'));
  onTestFinished(() => rmSync(resources, { recursive: true }));
  for (const name of files) writeFileSync(join(resources, name), '');
  const installation: Installation = {
    platform: 'linux',
    env: { APPIMAGE: '/home/ada/Varvel.AppImage' },
    isPackaged: true,
    resources,
    program: '/Applications/Varvel.app',
    ...change,
  };
  expect(await updateObstacle(installation, async () => signed)).toBe(why);
});

test('a signature counts only with a developer’s team', () => {
  const report = (team: string) =>
    `Executable=/Applications/Varvel.app\nSignature size=8995\nTeamIdentifier=${team}\nSealed Resources=none\n`;
  expect(isTeamSignature(report('A1B2C3D4E5'))).toBe(true);
  expect(isTeamSignature(report('not set'))).toBe(false);
  expect(isTeamSignature('code object is not signed at all')).toBe(false);
});
