import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findElectron } from '../../../scripts/start/electron.ts';
import { newMachine } from '../cli/machine.ts';
import { start } from '../cli/program.ts';

const machine = newMachine({ vault: 'file' });
const startScript = join(import.meta.dirname, '../../../scripts/start.ts');
let dist = '';
beforeEach(async () => {
  dist = await mkdtemp(join(tmpdir(), 'varvel-electron-'));
});
afterEach(() => rm(dist, { recursive: true, force: true }));

it('npm start without a display says so in one line, and shows the window in the browser', async () => {
  const running = start(process.execPath, [startScript, '--no-browser'], { env: machine().env });
  const [url] = await running.says(/http:\/\/127\.0\.0\.1:\d+\/open\/[\w-]{43}/);
  const answer = await fetch(url, { redirect: 'manual' });
  expect(answer.status).toBe(303);
  const [cookie = ''] = (answer.headers.get('set-cookie') ?? '').split(';');
  const window = await fetch(new URL('/', url), { headers: { cookie } });
  expect(await window.text()).toMatch(/<script src="\/web-bridge.js"><\/script>\s*<script type="module"/);
  running.process.kill('SIGTERM');
  expect(await running.ended).toMatchObject({
    code: 0,
    stdout: `${url}\n`,
    stderr: 'start: There is no display for the desktop program. The window opens in your browser.\n',
  });
});

describe.runIf(process.platform === 'linux')('Electron', () => {
  const display = { DISPLAY: ':0', ELECTRON_SKIP_BINARY_DOWNLOAD: '1' };

  it('is not looked for without a display', () => {
    expect(findElectron({})).toEqual({ missing: 'There is no display for the desktop program' });
  });

  it('does not run as root, and is never told to run without its sandbox', async () => {
    await mkdir(dist, { recursive: true });
    await writeFile(join(dist, 'electron'), '');
    await chmod(join(dist, 'electron'), 0o755);
    const found = findElectron({ ...display, ELECTRON_OVERRIDE_DIST_PATH: dist });
    expect(found).toEqual(
      process.getuid?.() === 0
        ? { missing: 'Electron can’t run as root' }
        : { program: join(dist, 'electron') },
    );
  });
});
