import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { lstat, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Deb, packDeb } from './packed.ts';

const run = promisify(execFile);

describe.runIf(existsSync('/usr/bin/dpkg-deb'))('the Debian package', () => {
  let deb: Deb;
  let folder = '';
  beforeAll(async () => {
    deb = await packDeb();
    folder = await mkdtemp(join(tmpdir(), 'varvel-deb-'));
    await run('dpkg-deb', ['-R', deb.file, folder]);
  }, 180_000);
  afterAll(async () => {
    await deb?.[Symbol.asyncDispose]();
    await rm(folder, { recursive: true, force: true });
  });

  it('says what it is and what it needs of the system', async () => {
    const control = await readFile(join(folder, 'DEBIAN', 'control'), 'utf8');
    expect(control).toMatch(/^Package: varvel$/m);
    expect(control).toMatch(/^Maintainer: .+ <\S+@\S+>$/m);
    expect(control).toMatch(/^Homepage: https:\/\/\S+$/m);
    const [, depends = ''] = /^Depends: (.*)$/m.exec(control) ?? [];
    // the keychain, the browser that signing in needs, and notifications
    expect(depends.split(', ')).toEqual(
      expect.arrayContaining(['libsecret-1-0', 'xdg-utils', 'libnotify4', 'libgtk-3-0', 'libnss3']),
    );
  });

  it('its command line runs without Electron', async () => {
    const { stdout } = await run(join(folder, 'opt/Varvel/resources/cli/bin/varvel'), ['--version'], {
      env: { PATH: '/usr/bin:/bin' },
    });
    expect(stdout).toMatch(/^\d+\.\d+\.\d+/);
  });

  it('has the window in the system’s menu', async () => {
    const entry = await readFile(join(folder, 'usr/share/applications/varvel-desktop.desktop'), 'utf8');
    expect(entry).toMatch(/^Exec=\/opt\/Varvel\/varvel-desktop %U$/m);
    expect(entry).toMatch(/^Icon=varvel-desktop$/m);
    // by this a running window belongs to its entry
    expect(entry).toMatch(/^StartupWMClass=varvel-desktop$/m);
    expect(existsSync(join(folder, 'usr/share/icons/hicolor/256x256/apps/varvel-desktop.png'))).toBe(true);
  });

  it('its scripts name what is in the package, and leave no placeholder', async () => {
    for (const name of ['postinst', 'postrm']) {
      const script = await readFile(join(folder, 'DEBIAN', name), 'utf8');
      await run('bash', ['-n', join(folder, 'DEBIAN', name)]);
      expect(script).not.toMatch(/\$\{(sanitizedProductName|executable)\}/);
    }
    const install = await readFile(join(folder, 'DEBIAN', 'postinst'), 'utf8');
    const [, target = ''] = /^ln -sf '([^']+)' '\/usr\/bin\/varvel'$/m.exec(install) ?? [];
    expect((await lstat(join(folder, target))).isFile()).toBe(true);
  });
});
