import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Release, releasesOf } from '../../core/model/changelog.ts';

const root = join(import.meta.dirname, '..', '..');

/** The releases that CHANGELOG.md has, the newest first. */
export const readReleases = (): Release[] => releasesOf(readFileSync(join(root, 'CHANGELOG.md'), 'utf8'));
