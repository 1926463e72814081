// Counts the tests of `npm test` from vitest's reports, for .ci/run. The last line is `N passed, N failed,
// N skipped`. Exits with 1 when a test failed, none ran, or a project's report is missing.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod/mini';

const Report = z.object({
  success: z.boolean(),
  testResults: z.array(
    z.object({
      name: z.string(),
      status: z.enum(['passed', 'failed']),
      assertionResults: z.array(
        z.object({ status: z.enum(['passed', 'failed', 'skipped', 'pending', 'todo', 'disabled']) }),
      ),
    }),
  ),
});
type Report = z.infer<typeof Report>;

const Manifest = z.object({ scripts: z.record(z.string(), z.string()) });

const root = join(import.meta.dirname, '..');
const readJson = (...path: string[]): unknown => JSON.parse(readFileSync(join(root, ...path), 'utf8'));

/** Each `test:X` in package.json that runs a vitest project writes its report here. */
const projects = Object.entries(Manifest.parse(readJson('package.json')).scripts)
  .filter(([name, command]) => name.startsWith('test:') && command.startsWith('vitest run'))
  .map(([name]) => name.slice('test:'.length));

const total = { passed: 0, failed: 0, skipped: 0 };
let complete = projects.length > 0;

for (const project of projects) {
  try {
    const report = Report.parse(readJson('test-results', 'vitest', `${project}.json`));
    add(report);
    complete &&= report.success;
  } catch (error) {
    complete = false;
    const why = error instanceof Error && 'code' in error && error.code === 'ENOENT' ? 'did not run' : error;
    process.stdout.write(`The ${project} tests: ${why}.\n`);
  }
}

function add({ testResults }: Report): void {
  for (const { status, assertionResults } of testResults) {
    const of = (...wanted: string[]) =>
      assertionResults.filter((test) => wanted.includes(test.status)).length;
    const failed = of('failed');
    total.passed += of('passed');
    // a file that failed without a failed test didn't reach its tests
    total.failed += failed === 0 && status === 'failed' ? 1 : failed;
    total.skipped += of('skipped', 'pending', 'todo', 'disabled');
  }
}

process.stdout.write(`${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped\n`);
if (!complete || total.failed > 0 || total.passed === 0) process.exitCode = 1;
