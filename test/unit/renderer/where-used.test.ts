import { describe, expect, it } from 'vitest';
import type { ExportedFile } from '../../../core/exports/formats/exported-file.ts';
import { toHint } from '../../../core/model/hint.ts';
import type { PinnedFolder } from '../../../core/model/machine/pinned-folder.ts';
import { shells } from '../../../core/shells/shells.ts';
import { planningOf } from '../../../renderer/features/exports/planning.ts';
import { maskedLines } from '../../../renderer/features/exports/shell/masked-lines.ts';
import { describePlaces } from '../../../renderer/features/exports/used/describe-places.ts';
import { filesWithKey, placesByProfile } from '../../../renderer/stores/where-used.ts';

const home = '/home/ada';
const file = (path: string, state: ExportedFile['state'], profile = 'staging'): ExportedFile => ({
  path: `${home}/${path}`,
  format: 'dotenv',
  variable: 'FAL_KEY',
  profile,
  keyId: 'key-1',
  state,
  at: 0,
  undoable: true,
});
const pin = (folder: string, state: PinnedFolder['state'] = 'pinned'): PinnedFolder => ({
  folder: `${home}/${folder}`,
  profile: 'staging',
  state,
});
const words = (files: ExportedFile[], folders: PinnedFolder[] = []) =>
  describePlaces(placesByProfile(files, folders).get('staging'), home);

describe('what a row says of the places of its profile', () => {
  it('nothing, when it is used nowhere', () => {
    expect(describePlaces(undefined, home)).toEqual({ outdated: '', used: '' });
    expect(words([file('a/.env', 'gone')], [pin('b', 'other'), pin('c', 'gone')])).toEqual({
      outdated: '',
      used: '',
    });
  });

  it('counts folders and projects', () => {
    expect(words([file('a/.env', 'fresh')], [pin('a'), pin('b')]).used).toBe(
      'Pinned in 2 folders · .env in 1 project',
    );
    expect(words([file('a/.env', 'fresh'), file('b/.env', 'fresh')]).used).toBe('.env in 2 projects');
    expect(words([file('a/.env', 'fresh'), file('a/.envrc', 'fresh')]).used).toBe('Exported to 2 files');
  });

  it('names the stale file, and counts several', () => {
    expect(words([file('bots/.env', 'stale'), file('a/.env', 'fresh')])).toEqual({
      outdated: 'Outdated in ~/bots/.env',
      used: '.env in 1 project',
    });
    expect(words([file('bots/.env', 'stale'), file('a/.env', 'stale')]).outdated).toBe('Outdated in 2 files');
  });

  it('is its own profile’s alone', () => {
    const places = placesByProfile([file('a/.env', 'fresh', 'other')], [pin('b')]);
    expect(places.get('other')?.files).toHaveLength(1);
    expect(places.get('other')?.folders).toHaveLength(0);
    expect(places.get('staging')?.files).toHaveLength(0);
  });
});

it('a key that goes takes the files that hold it, fresh or stale', () => {
  const files = [file('a', 'fresh'), file('b', 'stale'), file('c', 'gone')];
  expect(filesWithKey(files, 'key-1').map(({ state }) => state)).toEqual(['fresh', 'stale']);
  expect(filesWithKey(files, 'key-2')).toEqual([]);
});

it('what was planned for another file is not what would be written', () => {
  const problem = { code: 'invalid', message: 'no', hint: toHint('') };
  expect(planningOf(null, { to: 'a', problem })).toEqual({ state: 'empty' });
  expect(planningOf('b', { to: 'a', problem })).toEqual({ state: 'loading', last: null });
  expect(planningOf('a', { to: 'a', problem })).toEqual({ state: 'failed', problem });
});

it('a line for a shell has its host and no secret', () => {
  const profile = { keyId: 'id-1', host: 'api.example.com' };
  expect(maskedLines('zsh', profile)).toBe(
    "export FAL_KEY='id-1:••••••••'\nexport FAL_HOST='api.example.com'",
  );
  expect(maskedLines('fish', { ...profile, host: null })).toBe("set -gx FAL_KEY 'id-1:••••••••'");
  expect(shells.fish.takeUp('staging')).toBe('varvel env staging --shell fish | source');
});
