import { defineConfig } from 'vitest/config';

// a limit is there to end what hangs, not to measure: a shared machine can be ten times as slow
const expect = { poll: { timeout: 30_000 } };

export default defineConfig({
  test: {
    // real programs are waited for most of the time: with one core left free, as is usual, both would idle
    maxWorkers: '100%',
    // one module graph a worker: loading Playwright and the core anew for each of 300 files is a tenth of the time
    isolate: false,
    projects: [
      { test: { name: 'unit', include: ['test/unit/**/*.test.ts'], testTimeout: 60_000, expect } },
      {
        test: {
          name: 'integration',
          expect,
          include: ['test/integration/**/*.test.ts', 'test/attacks/**/*.test.ts'],
          // needs a Python with fal_client, which nothing here installs
          exclude: process.env.VARVEL_TEST_PYTHON ? [] : ['test/integration/sandbox/python-client.test.ts'],
          globalSetup: ['test/integration/built.ts'],
          testTimeout: 240_000,
          hookTimeout: 240_000,
        },
      },
      {
        test: {
          name: 'e2e',
          expect,
          include: ['test/e2e/**/*.test.ts'],
          exclude: ['test/e2e/desktop/**'],
          globalSetup: ['test/electron/build.ts'],
          testTimeout: 240_000,
          hookTimeout: 240_000,
        },
      },
      {
        test: {
          name: 'desktop',
          expect,
          include: ['test/e2e/desktop/**/*.test.ts'],
          globalSetup: ['test/electron/installed.ts'],
          testTimeout: 300_000,
          hookTimeout: 300_000,
        },
      },
      {
        test: {
          name: 'windows',
          expect,
          include: ['test/windows/**/*.test.ts'],
          globalSetup: ['test/windows/prepare.ts'],
          testTimeout: 120_000,
          hookTimeout: 90_000,
        },
      },
    ],
  },
});
