// `npm run test:electron`: the desktop's tests on real Electron, where it is and can run.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { findElectron } from '../../../scripts/start/electron.ts';

const root = join(import.meta.dirname, '../../..');
const found = findElectron(process.env);
if ('missing' in found) {
  process.stderr.write(
    `test:electron: nothing was tested. ${found.missing}.\n` +
      'On a machine with a display, as a user who is not root: npx install-electron, then npm run test:electron.\n' +
      'The same tests run here on the stand-in: npm run test:e2e.\n',
  );
  process.exit(process.env.CI_NEEDS_ELECTRON ? 1 : 0);
}
const vitest = join(root, 'node_modules', 'vitest', 'vitest.mjs');
const tests = ['run', '--project', 'e2e', 'test/e2e/desktop', '--exclude', '**/package.test.ts'];
const { status } = spawnSync(process.execPath, [vitest, ...tests], {
  cwd: root,
  stdio: 'inherit',
  env: { ...process.env, VARVEL_TEST_ELECTRON: found.program },
});
process.exit(status ?? 1);
