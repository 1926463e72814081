import { describe, expect, it } from 'vitest';
import type { FalcliReading } from '../../../contract/methods/falcli.ts';
import type { Vault } from '../../../contract/methods/vault.ts';
import { toHint } from '../../../core/model/hint.ts';
import type { FalcliRow, ImportStep } from '../../../core/model/machine/falcli.ts';
import type { KeySetting } from '../../../core/shells/shells-here.ts';
import { describeDifference, filterRows } from '../../../renderer/features/falcli/differences.ts';
import { describeImport } from '../../../renderer/features/falcli/import-dialog.tsx';
import { vaultFormKind } from '../../../renderer/features/settings/vault-forms.tsx';
import { isSynced } from '../../../renderer/stores/falcli.ts';
import { countFollowingShells } from '../../../renderer/stores/shells.ts';

const locked = { code: 'vault_locked', message: 'Locked.', hint: toHint('') };

describe('the vault asks for a passphrase', () => {
  const file: Vault = { kind: 'file', setUp: true, problem: locked };

  it('when one would open it, and for a new one when there is none yet', () => {
    expect(vaultFormKind(file)).toBe('unlock');
    expect(vaultFormKind({ ...file, problem: { ...locked, code: 'wrong_passphrase' } })).toBe('unlock');
    expect(vaultFormKind({ ...file, setUp: false })).toBe('choose');
  });

  it('and not when it is open, or when a passphrase would mend nothing', () => {
    expect(vaultFormKind({ ...file, problem: null })).toBe(null);
    expect(vaultFormKind({ ...file, problem: { ...locked, code: 'vault_damaged' } })).toBe(null);
    expect(vaultFormKind({ ...file, kind: 'keychain' })).toBe(null);
  });
});

describe('fal’s profiles beside ours', () => {
  const row: FalcliRow = {
    name: 'work',
    where: 'both',
    keyId: 'a',
    ourKeyId: 'a',
    host: null,
    differs: [],
    plainText: true,
  };
  const fal: FalcliRow = { ...row, name: 'theirs', where: 'fal' };
  const ours: FalcliRow = { ...row, name: 'ours', where: 'varvel' };
  const other: FalcliRow = { ...row, name: 'other', differs: ['key', 'host'], host: 'api.example.com' };

  const otherAccount: FalcliRow = { ...row, differs: ['account'] };

  it('say what differs', () => {
    expect([row, fal, ours, other, { ...other, host: null }, otherAccount].map(describeDifference)).toEqual([
      'Same in both',
      'Only in the fal CLI',
      'Only in Varvel',
      'Has another key and host api.example.com in the fal CLI',
      'Has another key and no host in the fal CLI',
      'Has another account in the fal CLI',
    ]);
  });

  it('are shown without those that only we have, unless they are asked for', () => {
    const all = [row, fal, ours, other];
    expect(filterRows(all, 'there')).toEqual([row, fal, other]);
    expect(filterRows(all, 'differs')).toEqual([other]);
    expect(filterRows(all, 'all')).toEqual(all);
  });

  it('are in step only while kept so, readable, and at the current profile', () => {
    const status: FalcliReading = {
      path: '/c',
      target: '/c',
      exists: true,
      problem: null,
      openToOthers: false,
      profile: 'work',
      team: null,
      rows: [],
      inStep: 'profile',
      commentsRemembered: false,
      undoable: false,
    };
    expect(isSynced(status, 'work')).toBe(true);
    expect(isSynced(status, 'home')).toBe(false);
    expect(isSynced({ ...status, inStep: 'off' }, 'work')).toBe(false);
    expect(isSynced({ ...status, problem: locked }, 'work')).toBe(false);
  });
});

it('the import says of each profile whether it comes over, as what, and why not', () => {
  const step = { name: 'été', keyId: null };
  const fresh: ImportStep = { ...step, kind: 'new', as: 'été', note: null };
  expect(describeImport(fresh, false)).toBe('Will be imported.');
  expect(describeImport({ ...fresh, note: 'Its host is left out.' }, false)).toBe(
    'Will be imported. Its host is left out.',
  );
  const renamed: ImportStep = { ...step, kind: 'name', proposal: 'ete' };
  expect(describeImport(renamed, true)).toBe('Will be imported as ete.');
  expect(describeImport(renamed, false)).toMatch(/^Skipped/);
  expect(describeImport({ ...step, kind: 'same' }, true)).toBe('Already in Varvel.');
  const id = '7dea5349-f32b-4aa3-ab8c-2afe9ca5e04f';
  expect(describeImport({ ...step, kind: 'conflict', reason: `It has another key (${id}).` }, true)).toBe(
    'Skipped. It has another key (7dea5349…).',
  );
  expect(describeImport({ ...step, kind: 'conflict', reason: 'Another is here.' }, true)).toBe(
    'Skipped. Another is here.',
  );
});

it('a shell that is gone from the machine does not count among those that follow', () => {
  const shell = { shell: 'zsh' as const, installed: true, login: true, file: '/z', hook: null };
  const hook = { file: '/z', line: 1 };
  expect(
    countFollowingShells({
      shells: [shell, { ...shell, hook }, { ...shell, hook, installed: false }],
      sets: [],
      command: null,
    }),
  ).toBe(1);
  // one whose own start-up file sets FAL_KEY doesn't follow
  const set = { file: '/f', line: 2, keyId: null };
  const ofSession = { ...set, shells: [] };
  const count = (sets: KeySetting[]) =>
    countFollowingShells({ shells: [{ ...shell, hook }], sets, command: null });
  expect([
    count([ofSession]),
    count([{ ...set, shells: ['bash'] }]),
    count([{ ...set, shells: ['zsh'] }]),
  ]).toEqual([1, 1, 0]);
});
