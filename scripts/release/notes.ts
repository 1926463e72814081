// Prints what CHANGELOG.md says about a release, for its page:  node scripts/release/notes.ts v0.2.0
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { releasesOf } from '../../core/model/changelog.ts';

const [tag = ''] = process.argv.slice(2);
const changelog = readFileSync(join(import.meta.dirname, '..', '..', 'CHANGELOG.md'), 'utf8');
const release = releasesOf(changelog).find(({ version }) => tag === `v${version}`);
if (release) console.log(release.text);
else {
  console.error(`CHANGELOG.md has no section for ${tag || 'a release without a tag'}.`);
  process.exitCode = 1;
}
