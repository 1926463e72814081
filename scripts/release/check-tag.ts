// Refuses to release a tag that isn't package.json's version, or that CHANGELOG.md says nothing about.
//   node scripts/release/check-tag.ts v0.2.0
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod/mini';
import type { Release } from '../../core/model/changelog.ts';
import { readReleases } from './read-releases.ts';

const packageFile = join(import.meta.dirname, '..', '..', 'package.json');

/** What is wrong with a tag; null when it may be released. */
export function tagProblem(tag: string, version: string, releases: readonly Release[]): string | null {
  if (tag !== `v${version}`) return `The tag is ${tag}, but package.json has version ${version}.`;
  const release = releases.find((one) => one.version === version);
  if (!release) return `CHANGELOG.md has no section [${version}].`;
  if (release.date === null) return `CHANGELOG.md has no date for ${version}.`;
  return release.text === '' ? `CHANGELOG.md says nothing about ${version}.` : null;
}

if (import.meta.main) {
  const { version } = z.object({ version: z.string() }).parse(JSON.parse(readFileSync(packageFile, 'utf8')));
  const problem = tagProblem(process.argv[2] ?? '', version, readReleases());
  if (problem !== null) {
    console.error(problem);
    process.exitCode = 1;
  }
}
