import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { validateWorkflow } from '@action-validator/core';
import { describe, expect, test } from 'vitest';
import { releasesOf } from '../../../core/model/changelog.ts';
import { tagProblem } from '../../../scripts/release/check-tag.ts';
import { bundledLicences } from '../../../scripts/release/licences.ts';
import { manifests } from '../../../scripts/release/manifests.ts';
import { readReleases } from '../../../scripts/release/read-releases.ts';

const root = join(import.meta.dirname, '../../..');
const read = (...path: string[]) => readFileSync(join(root, ...path), 'utf8');

const folder = '.github/workflows';
const workflows = readdirSync(join(root, folder)).map((name) => ({ name, text: read(folder, name) }));

describe.each(workflows)('the workflow $name', ({ text }) => {
  test('is one that GitHub takes', () => {
    // the validator's schema is older than this permission of actions/attest
    expect(validateWorkflow(text.replace(/^ +attestations: write\n/m, '')).errors).toEqual([]);
  });

  test('pins each action by its commit', () => {
    const used = [...text.matchAll(/uses: (\S+)(.*)/g)];
    expect(used.length).toBeGreaterThan(0);
    for (const [, action = '', version = ''] of used) {
      expect(action).toMatch(/@[0-9a-f]{40}$/);
      expect(version).toMatch(/# v\d/);
    }
  });

  test('runs only what is in the checkout', () => {
    const scripts = new Set(Object.keys(JSON.parse(read('package.json')).scripts));
    for (const [, name = ''] of text.matchAll(/npm run ([\w:]+)/g)) expect(scripts).toContain(name);
    for (const [, path = ''] of text.matchAll(/node (scripts\/\S+)/g))
      expect(existsSync(join(root, path))).toBe(true);
  });
});

test('a broken workflow is noticed', () => {
  const [first] = workflows;
  const broken = first?.text.replace('runs-on:', 'runs-in:') ?? '';
  expect(validateWorkflow(broken).errors).not.toEqual([]);
});

const changelog = `# Changelog

## [Unreleased]

## [0.2.0-beta.1] - 2026-12-01

- One thing.

## [0.1.0]

- Another.
`;

test('a changelog is read release by release', () => {
  expect(releasesOf(changelog)).toEqual([
    { version: 'Unreleased', date: null, text: '' },
    { version: '0.2.0-beta.1', date: '2026-12-01', text: '- One thing.' },
    { version: '0.1.0', date: null, text: '- Another.' },
  ]);
});

test('only a tag that the version and the changelog agree with is released', () => {
  const releases = releasesOf(changelog);
  expect(tagProblem('v0.2.0-beta.1', '0.2.0-beta.1', releases)).toBeNull();
  expect(tagProblem('v0.3.0', '0.2.0-beta.1', releases)).toMatch('has version 0.2.0-beta.1');
  expect(tagProblem('v0.3.0', '0.3.0', releases)).toMatch('no section [0.3.0]');
  expect(tagProblem('v0.1.0', '0.1.0', releases)).toMatch('no date');
});

test('the changelog can be read', () => {
  expect(readReleases()[0]?.version).toBe('Unreleased');
});

const release = {
  version: '0.2.0',
  repository: 'falconers/varvel',
  description: 'Keys for "fal".',
  sums: `${'a'.repeat(64)}  varvel-0.2.0-win-x64.exe\n${'b'.repeat(64)}  varvel-0.2.0-mac-universal.dmg\n${'c'.repeat(64)} *varvel-0.2.0-mac-universal.dmg.blockmap\n`,
};

test('the manifests name the release’s files and their checksums', () => {
  const files = manifests(release);
  const installer = files['winget/falconers.Varvel.installer.yaml'] ?? '';
  expect(installer).toContain(
    'InstallerUrl: "https://github.com/falconers/varvel/releases/download/v0.2.0/varvel-0.2.0-win-x64.exe"',
  );
  expect(installer).toContain(`InstallerSha256: "${'A'.repeat(64)}"`);
  const cask = files['homebrew/varvel.rb'] ?? '';
  expect(cask).toContain(`sha256 "${'b'.repeat(64)}"`);
  expect(cask).toContain('v#{version}/varvel-#{version}-mac-universal.dmg"');
});

test('a release without a package, or with two, makes no manifest', () => {
  expect(() => manifests({ ...release, sums: '' })).toThrow('has 0 files that end in .exe');
  expect(() => manifests({ ...release, sums: release.sums + release.sums })).toThrow('2 files');
});

/** Licences that let a program be passed on under MIT. */
const allowed =
  /^\(?(MIT|ISC|0BSD|BSD-[23]-Clause|Apache-2\.0|OFL-1\.1|CC0-1\.0|Python-2\.0|BlueOak-1\.0\.0)\b[^)]*\)?$/;

test('every package that users get has a licence that allows it', async () => {
  const licences = await bundledLicences(root);
  expect(licences.length).toBeGreaterThan(50);
  for (const { name, licence } of licences)
    expect({ name, licence }).toMatchObject({ licence: expect.stringMatching(allowed) });
});
