// Prints what CHANGELOG.md says about a release, for its page:  node scripts/release/notes.ts v0.2.0
import { readReleases } from './read-releases.ts';

const [tag = ''] = process.argv.slice(2);
const release = readReleases().find(({ version }) => tag === `v${version}`);
if (release) console.log(release.text);
else {
  console.error(`CHANGELOG.md has no section for ${tag || 'a release without a tag'}.`);
  process.exitCode = 1;
}
