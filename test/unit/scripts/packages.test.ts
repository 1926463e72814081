import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import * as z from 'zod/mini';

const root = join(import.meta.dirname, '../../..');
const builder = createRequire(createRequire(import.meta.url).resolve('electron-builder'));
const Library = z.object({
  getConfig: z.custom<(root: string, path: string | null, config: null) => Promise<unknown>>(
    (value) => typeof value === 'function',
  ),
  validateConfiguration: z.custom<
    (config: unknown, log: { isEnabled: boolean; add(): void }) => Promise<void>
  >((value) => typeof value === 'function'),
});

test('electron-builder accepts its configuration, for every system', async () => {
  const { getConfig, validateConfiguration } = Library.parse(
    builder('app-builder-lib/out/util/config/config'),
  );
  const log = { isEnabled: false, add: () => undefined };
  const config = await getConfig(root, null, null);
  await validateConfiguration(config, log);
  const wrong = z.looseObject({}).parse(config);
  await expect(validateConfiguration({ ...wrong, mac: { unknown: 1 } }, log)).rejects.toThrow(
    /configuration\.mac/,
  );
});

test('on macOS nobody can load code into Varvel by a variable of the loader', () => {
  const entitlements = readFileSync(join(root, 'assets/mac/entitlements.plist'), 'utf8');
  expect(entitlements).toContain('<key>com.apple.security.cs.allow-jit</key>');
  expect(entitlements).not.toContain('<key>com.apple.security.cs.allow-dyld-environment-variables</key>');
  expect(entitlements).not.toContain('<key>com.apple.security.cs.disable-library-validation</key>');
});
