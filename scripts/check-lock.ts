/**
 * Checks package-lock.json: every package has an integrity hash, only those below have install scripts, and no
 * package comes from an address of its own. npm verifies the hashes when it installs.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod/mini';

/** The packages that may run a script when they are installed, and what it does. */
const scripted: Record<string, string> = {
  '@bufbuild/buf': 'checks that its binary for this system is there',
  '@github/keytar': 'takes its binary for this system',
  '@photostructure/sqlite': 'takes its binary for this system',
  'electron-winstaller': 'chooses the 7-Zip for this system',
};

const lock = z.object({
  packages: z.record(
    z.string(),
    z.object({
      integrity: z.optional(z.string()),
      resolved: z.optional(z.string()),
      hasInstallScript: z.optional(z.boolean()),
    }),
  ),
});

/** What is wrong with a lock file's text, a line each. */
export function lockProblems(text: string): string[] {
  return Object.entries(lock.parse(JSON.parse(text)).packages).flatMap(([path, entry]) => {
    if (path === '') return [];
    const name = path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);
    return [
      ...(/^sha512-/.test(entry.integrity ?? '') ? [] : [`${path} has no sha512 hash.`]),
      ...(entry.resolved === undefined ? [] : [`${path} names where it comes from; leave that to npm.`]),
      ...(entry.hasInstallScript && !Object.hasOwn(scripted, name)
        ? [`${path} runs a script when it is installed. Read it, then list it in scripts/check-lock.ts.`]
        : []),
    ];
  });
}

if (import.meta.main) {
  const problems = lockProblems(readFileSync(join(import.meta.dirname, '../package-lock.json'), 'utf8'));
  for (const problem of problems) console.error(`package-lock.json: ${problem}`);
  process.exitCode = problems.length === 0 ? 0 : 1;
}
