import type { FalcliStatus, FileChange, ImportStep, InStep } from '../../../../contract/rows.ts';
import { keyId } from '../fake-people.ts';
import { type FakeHandlers, type Memory, Refusal } from './memory.ts';

/** One of the profiles of fal's CLI. */
interface Theirs {
  name: string;
  keyId: string | null;
  host: string | null;
}

const path = '/home/ada/.fal/config.toml';

const malformed = {
  code: 'invalid',
  message: `${path} is no TOML: line 7 ends in the middle of a text.`,
  hint: 'Mend the file, then look again. Nothing was changed.',
};

/** fal's CLI with a file like one that has grown for a year. */
export function fakeFalcli(memory: Memory): FakeHandlers<'falcli'> {
  const { options, state, changed, log } = memory;
  const wanted = options.falcli ?? {};
  let theirs: Theirs[] = [
    { name: 'staging', keyId: keyId(3), host: null },
    { name: 'production', keyId: keyId(40), host: null },
    { name: 'personal', keyId: null, host: 'staging.example.com' },
    { name: 'old-demo', keyId: keyId(41), host: null },
    { name: 'côté client', keyId: keyId(42), host: null },
    ...Array.from({ length: wanted.profiles ?? 0 }, (_, index) => ({
      name: `theirs-${index}`,
      keyId: keyId(1000 + index),
      host: null,
    })),
  ];
  let exists = wanted.file !== 'missing';
  if (!exists) theirs = [];
  let profile: string | null = exists ? 'production' : null;
  let inStep: InStep = wanted.inStep ?? 'off';
  let undoable = false;
  let commentsMissing = true;

  const needFile = (): void => {
    if (wanted.file === 'malformed') throw new Refusal(malformed.code, malformed.message, malformed.hint);
  };

  function rows(): FalcliStatus['rows'] {
    const ours = new Map(state.profiles.map((own) => [own.name, own]));
    const names = new Set(theirs.map(({ name }) => name));
    const beside = theirs.map((their): FalcliStatus['rows'][number] => {
      const own = ours.get(their.name);
      const differs: ('key' | 'host')[] = [];
      if (own && their.keyId !== null && own.keyId !== their.keyId) differs.push('key');
      if (own && own.host !== their.host) differs.push('host');
      return {
        ...their,
        where: own ? 'both' : 'fal',
        ourKeyId: own?.keyId ?? null,
        differs,
        plainText: their.keyId !== null,
      };
    });
    const onlyOurs = state.profiles
      .filter(({ name }) => !names.has(name))
      .map((own): FalcliStatus['rows'][number] => ({
        name: own.name,
        where: 'varvel',
        keyId: null,
        ourKeyId: own.keyId,
        host: own.host,
        differs: [],
        plainText: false,
      }));
    return [...beside, ...onlyOurs];
  }

  function planned(name: string | null, withKey: boolean): FileChange {
    needFile();
    const lines: FileChange['lines'] = [
      { kind: 'same', text: '# what fal’s CLI knows' },
      { kind: 'same', text: '[__internal__]' },
    ];
    if (profile !== null) lines.push({ kind: 'removed', text: `profile = "${profile}"` });
    if (name !== null) lines.push({ kind: 'added', text: `profile = "${name}"` });
    const id = state.profiles.find((own) => own.name === name)?.keyId;
    if (withKey && id) lines.push({ kind: 'added', text: `key = "${id}:••••••••"` });
    return { path, exists, lines: profile === name && !withKey ? [] : lines };
  }

  function steps(): ImportStep[] {
    needFile();
    return theirs.map(({ name, keyId: id, host }): ImportStep => {
      const own = state.profiles.find((each) => each.name === name);
      const step = { name, keyId: id, as: null, reason: null };
      if (own && (own.keyId ?? null) === id && own.host === host) return { ...step, kind: 'same' };
      if (own)
        return { ...step, kind: 'conflict', reason: 'A profile of that name is here with another key.' };
      if (!/^[\w.-]+$/.test(name)) return { ...step, kind: 'name', as: 'cote-client' };
      return { ...step, kind: 'new', as: name };
    });
  }

  return {
    'falcli.status': () => ({
      path,
      target: path,
      exists,
      problem: wanted.file === 'malformed' ? malformed : null,
      openToOthers: false,
      profile,
      team: null,
      rows: wanted.file === 'malformed' ? [] : rows(),
      inStep,
      commentsRemembered: exists,
      undoable,
    }),
    'falcli.planApply': ({ profile: name, withKey }) => planned(name, withKey),
    'falcli.apply': ({ profile: name, withKey }) => {
      needFile();
      const written = planned(name, withKey).lines.length > 0;
      profile = name;
      exists = true;
      undoable = true;
      if (withKey) log('exported', { profile: name, detail: 'written into fal’s config.toml' });
      changed();
      return { path, written, notes: [] };
    },
    'falcli.keepInStep': ({ inStep: to }) => {
      inStep = to;
      changed('settings');
      return null;
    },
    'falcli.planUndo': () => {
      needFile();
      const lines: FileChange['lines'] = [
        { kind: 'removed', text: `profile = "${profile}"` },
        { kind: 'added', text: 'profile = "production"' },
      ];
      return { change: { path, exists: true, lines }, left: ['staging.host'] };
    },
    'falcli.undo': () => {
      profile = 'production';
      undoable = false;
      inStep = 'off';
      changed('settings');
      return { path, left: ['staging.host'], removed: false };
    },
    'falcli.restoreComments': () => {
      const missing = commentsMissing;
      commentsMissing = false;
      return { changed: missing };
    },
    'falcli.planImport': () => {
      memory.needVault();
      return steps();
    },
    'falcli.import': ({ rename }) => {
      memory.needVault();
      const imported: string[] = [];
      for (const { name, kind, as, keyId: id } of steps()) {
        if (as === null || (kind === 'name' && !rename)) continue;
        const host = theirs.find((each) => each.name === name)?.host ?? null;
        state.profiles.push({ name: as, account: null, keyId: id, host, color: 'brass', note: null });
        if (id !== null && !state.keys.some((key) => key.id === id)) {
          state.keys.push({
            id,
            alias: null,
            scope: null,
            account: null,
            createdAt: null,
            stored: true,
            atFal: true,
            verdict: null,
          });
        }
        imported.push(as);
      }
      changed('profiles', 'keys');
      return { imported };
    },
  };
}
