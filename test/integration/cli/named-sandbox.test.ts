import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../platform/temporary-folder.ts';
import { run, start, varvelProgram } from './program.ts';

test('VARVEL_ENVIRONMENT=sandbox means the sandbox that runs, and nothing once it has stopped', async () => {
  using home = temporaryFolder();
  const env = {
    ...process.env,
    HOME: home.path,
    VARVEL_HOME: join(home.path, 'v'),
    VARVEL_ENVIRONMENT: 'sandbox',
  };
  const named = join(home.path, 'v', 'environments', 'sandbox.json');
  const sandbox = start(varvelProgram, ['sandbox', '--json'], { env });
  try {
    await sandbox.says(/environment/);
    expect(statSync(named).mode & 0o777).toBe(0o600);
    const whoami = await run(varvelProgram, ['whoami', '--json'], { env });
    expect(JSON.parse(whoami.stdout)).toEqual({ identities: [] });
    expect(existsSync(join(home.path, 'v', 'sandbox', 'state.db'))).toBe(true);
  } finally {
    sandbox.process.kill('SIGTERM');
  }
  expect((await sandbox.ended).code).toBe(0);
  expect(existsSync(named)).toBe(false);
  const after = await run(varvelProgram, ['whoami'], { env });
  expect(after.code).toBe(4);
  expect(after.stderr).toContain('varvel sandbox');
});
