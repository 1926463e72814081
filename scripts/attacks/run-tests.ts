import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod/mini';

/** How one run of tests went. */
export interface Outcome {
  passed: number;
  skipped: number;
  /** Their names, each with the first line of what went wrong. */
  failed: string[];
}

const reportSchema = z.object({
  testResults: z.array(
    z.object({
      assertionResults: z.array(
        z.object({
          status: z.string(),
          fullName: z.string(),
          failureMessages: z._default(z.array(z.string()), []),
        }),
      ),
    }),
  ),
});

/**
 * Runs tests of one project in vitest.
 * @param folder for the report; it may be overwritten
 * @throws Error when vitest leaves no report
 */
export async function runTests(
  project: string,
  paths: readonly string[],
  { folder, env }: { folder: string; env: NodeJS.ProcessEnv },
): Promise<Outcome> {
  const root = join(import.meta.dirname, '../..');
  const report = join(folder, 'report.json');
  // a machine that is attacked for half an hour is busy
  const patience = ['--testTimeout=300000', '--hookTimeout=120000'];
  const output = ['--reporter=json', `--outputFile.json=${report}`];
  const args = ['run', '--project', project, ...paths, ...patience, ...output];
  const vitest = spawn(process.execPath, [join(root, 'node_modules/vitest/vitest.mjs'), ...args], {
    cwd: root,
    env,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  await new Promise((resolve) => vitest.once('exit', resolve));
  const { testResults } = reportSchema.parse(JSON.parse(readFileSync(report, 'utf8')));
  const tests = testResults.flatMap(({ assertionResults }) => assertionResults);
  const failed = tests
    .filter(({ status }) => status === 'failed')
    .map(({ fullName, failureMessages }) => `${fullName} (${failureMessages[0]?.split('\n')[0] ?? ''})`);
  const passed = tests.filter(({ status }) => status === 'passed').length;
  return { passed, failed, skipped: tests.length - passed - failed.length };
}
