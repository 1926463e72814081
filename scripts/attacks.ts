// `npm run attacks`: tries to break each promise for half an hour, and prints what was counted as docs/promises.md has it.
//
//   npm run attacks -- --minutes 5          shorter; every promise is tried once at least
//   npm run attacks -- --promise 13         only that one
import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { figureSchema } from '../test/attacks/figures.ts';
import { promises } from './attacks/promises.ts';
import { type Outcome, runTests } from './attacks/run-tests.ts';

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: process.env.VARVEL_ATTACK_MINUTES ?? '30' },
    promise: { type: 'string' },
    rounds: { type: 'string', default: '3' },
  },
});
const until = performance.now() + Number(values.minutes) * 60_000;
const chosen = promises.filter(({ number }) => !values.promise || String(number) === values.promise);
const folder = await mkdtemp(join(tmpdir(), 'varvel-attacks-'));
const figures = join(folder, 'figures.jsonl');
const env = { ...process.env, VARVEL_ATTACK_ROUNDS: values.rounds, VARVEL_ATTACK_FIGURES: figures };

const tried = new Map(
  chosen.map((promise) => [promise, { runs: 0, passed: 0, skipped: 0, failed: new Set<string>() }]),
);
const begun = performance.now();
for (let pass = 0; pass === 0 || performance.now() < until; pass += 1)
  for (const [promise, sum] of tried) {
    if (pass > 0 && performance.now() > until) break;
    sum.runs += 1;
    for (const { project, paths } of promise.tests) add(sum, await runTests(project, paths, { folder, env }));
    const minutes = ((performance.now() - begun) / 60_000).toFixed(1);
    const bad = sum.failed.size > 0 ? `, FAILED: ${[...sum.failed].join('; ')}` : '';
    console.error(
      `${minutes} min: ${promise.number || '+'} ${promise.says}: ${sum.passed} attacks held${bad}`,
    );
  }

function add(
  sum: Omit<Outcome, 'failed'> & { failed: Set<string> },
  { passed, skipped, failed }: Outcome,
): void {
  sum.passed += passed;
  sum.skipped += skipped;
  for (const name of failed) sum.failed.add(name);
}

/** What the attacks counted, added up: `writers killed: 450`. */
function countsOf(number: number): string[] {
  const lines = existsSync(figures) ? readFileSync(figures, 'utf8').trim().split('\n') : [];
  const sums = new Map<string, number>();
  for (const line of lines) {
    const { promise, counts } = figureSchema.parse(JSON.parse(line));
    if (promise !== number) continue;
    for (const [what, count] of Object.entries(counts)) sums.set(what, (sums.get(what) ?? 0) + count);
  }
  return [...sums].map(([what, count]) => `${what}: ${count.toLocaleString('en')}`);
}

const ofTheLog = promises.findIndex(({ number }) => number === 0);
console.log('| | promise | attacks held | counted |\n|---|---|---|---|');
for (const [promise, { runs, passed, skipped, failed }] of tried) {
  const held = `${passed.toLocaleString('en')} in ${runs} run${runs === 1 ? '' : 's'}${failed.size ? `, ${failed.size} failed` : ''}${skipped ? `, ${skipped} skipped` : ''}`;
  const counts = promise.number > 0 || promise === promises[ofTheLog] ? countsOf(promise.number) : [];
  console.log(`| ${promise.number || '+'} | ${promise.says} | ${held} | ${counts.join('; ')} |`);
}
const broken = [...tried.values()].flatMap(({ failed }) => [...failed]);
for (const name of broken) console.error(`failed: ${name}`);
await rm(folder, { recursive: true, force: true });
process.exitCode = broken.length > 0 ? 1 : 0;
