import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

/** Builds dist/ once before the integration tests when it is older than its sources: they run the real program. */
export function setup(): void {
  const script = join(import.meta.dirname, '..', '..', 'scripts', 'setup.mjs');
  execFileSync(process.execPath, [script, 'build'], { stdio: 'inherit' });
}
