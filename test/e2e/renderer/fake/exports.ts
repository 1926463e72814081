import type { Input } from '../../../../contract/methods.ts';
import type { ExportedFile, PinnedFolder, PlannedExport } from '../../../../contract/rows.ts';
import type { FileFormat } from '../../../../core/exports/formats/formats.ts';
import { type FakeHandlers, type FakeProfile, type Memory, Refusal } from './memory.ts';

const home = '/home/ada';
const minute = 60_000;

const formatOf = (path: string): FileFormat =>
  path.endsWith('.envrc') ? 'envrc' : path.endsWith('.json') ? 'json' : 'dotenv';

interface FakeExport {
  path: string;
  variable: string;
  profile: string;
  keyId: string;
  at: number;
  format: FileFormat;
  /** What the file held before; null when there was none. */
  before: string | null;
}

/** Files and folders of a machine, in memory, as the exports and pins see them. */
interface Disk {
  /** Each file's text; keys stand in it as `id:…`. */
  files: Map<string, string>;
  exports: FakeExport[];
  pins: { folder: string; profile: string }[];
  chosen: string | null;
}

type Subject = 'exports' | 'pins';
type Methods = FakeHandlers<Subject> & Pick<FakeHandlers<'app'>, 'app.choosePath'>;

/** Keys in files, and folders that are pinned: some stand there from the beginning. */
export function fakeExports(memory: Memory): Methods {
  const { options, state, changed, log, needVault, profileOf } = memory;
  const disk: Disk = { files: new Map(), exports: [], pins: [], chosen: options.chosenPath ?? null };

  function begin(): void {
    const [first, second, , , fifth] = state.profiles;
    const old = state.keys.find(({ id }) => id !== fifth?.keyId)?.id ?? '';
    const put = (path: string, profile: FakeProfile | undefined, keyId: string | null, age: number): void => {
      if (!profile || keyId === null) return;
      const at = Date.now() - age * minute;
      disk.exports.push({
        path,
        format: formatOf(path),
        variable: 'FAL_KEY',
        profile: profile.name,
        keyId,
        at,
        before: 'PORT=3000\n',
      });
      disk.files.set(path, `PORT=3000\nFAL_KEY=${keyId}:…\n`);
    };
    put(`${home}/shop/.envrc`, first, first?.keyId ?? null, 90);
    put(`${home}/studio/.env`, second, second?.keyId ?? null, 3000);
    put(`${home}/bots/.env`, fifth, old, 60_000);
    if (options.profiles !== undefined) {
      for (const [index, profile] of state.profiles.entries()) {
        if (index > 0 && index % 3 === 0) put(`${home}/p/${index}/.env`, profile, profile.keyId, index);
        if (index > 0 && index % 5 === 0)
          disk.pins.push({ folder: `${home}/p/${index}`, profile: profile.name });
      }
    }
    if (first) {
      disk.pins.push({ folder: `${home}/shop`, profile: first.name });
      disk.pins.push({ folder: `${home}/shop-assistant`, profile: first.name });
    }
  }
  if (!options.firstRun) begin();

  const absolute = (path: string): string => {
    if (path.startsWith('~/')) return `${home}${path.slice(1)}`;
    if (path.startsWith('/')) return path;
    throw new Refusal('usage', `“${path}” does not say where it is.`, 'Begin it with ~/ or /.');
  };

  const heldBy = (entry: FakeExport): boolean =>
    disk.files.get(entry.path)?.includes(`${entry.variable}=${entry.keyId}:`) ?? false;

  function rows(): ExportedFile[] {
    const keyOf = new Map(state.profiles.map(({ name, keyId }) => [name, keyId]));
    return disk.exports.map((entry) => {
      const { path, format, variable, profile, keyId, at } = entry;
      const found = !heldBy(entry) ? 'gone' : keyOf.get(profile) === keyId ? 'fresh' : 'stale';
      return { path, format, variable, profile, keyId, at, state: found, undoable: true };
    });
  }

  function keyOfProfile(name: string): string {
    const { keyId } = profileOf(name);
    if (keyId === null) throw new Refusal('not_found', `The profile “${name}” has no key.`, 'Give it one.');
    return keyId;
  }

  const line = (format: FileFormat, variable: string, value: string): string =>
    format === 'envrc' ? `export ${variable}='${value}'` : `${variable}=${value}`;

  function plan({
    profile,
    file,
    format,
    variable,
  }: Input<'exports.plan'>): PlannedExport & { text: string } {
    needVault();
    const keyId = keyOfProfile(profile);
    const path = absolute(file);
    if (path.endsWith('/')) throw new Refusal('invalid', `${path} is a folder.`, 'Name a file in it.');
    const name = variable ?? 'FAL_KEY';
    if (!/^[A-Za-z_]\w*$/.test(name)) {
      throw new Refusal('invalid', `“${name}” can’t be the name of a variable.`, 'Use letters and digits.');
    }
    const how = format ?? formatOf(path);
    const fresh = line(how, name, `${keyId}:…`);
    const before = disk.files.get(path) ?? null;
    const lines = (before ?? '').split('\n').filter(Boolean);
    const at = lines.findIndex((each) => each.includes(`${name}=`));
    const same = lines[at] === fresh;
    const after = at < 0 ? [...lines, fresh] : lines.with(at, fresh);
    const shown = lines.flatMap((text, index): PlannedExport['change']['lines'] =>
      index === at
        ? [
            { kind: 'removed', text },
            { kind: 'added', text: fresh },
          ]
        : [{ kind: 'same', text }],
    );
    if (at < 0) shown.push({ kind: 'added', text: fresh });
    const tracked = path.includes('/tracked/');
    const warnings = path.includes('/open/') ? [`git doesn't ignore ${path}: add it to .gitignore.`] : [];
    return {
      change: { path, exists: before !== null, lines: same ? [] : shown },
      format: how,
      variable: name,
      warnings,
      tracked,
      text: `${after.join('\n')}\n`,
    };
  }

  const pinRow = (pin: Disk['pins'][number]): PinnedFolder => ({ ...pin, state: 'pinned' });

  return {
    'app.choosePath': () => ({ path: disk.chosen }),
    'exports.plan': (input) => {
      const { text: _, ...planned } = plan(input);
      return planned;
    },
    'exports.write': ({ force, ...input }) => {
      const { change, format, variable, tracked, text } = plan(input);
      const { path } = change;
      if (tracked && !force) {
        throw new Refusal('conflict', `${path} is tracked by git: the key would be in the next commit.`, '');
      }
      const { profile } = input;
      const before = disk.files.get(path) ?? null;
      const known = disk.exports.find((each) => each.path === path && each.variable === variable);
      disk.exports = disk.exports.filter((each) => each !== known);
      disk.exports.push({
        path,
        format,
        variable,
        profile,
        keyId: keyOfProfile(profile),
        at: Date.now(),
        before,
      });
      disk.files.set(path, text);
      log('exported', { profile, detail: `into ${path} as ${variable}` });
      changed('exports');
      return { path, variable, written: change.lines.length > 0 };
    },
    'exports.undo': ({ path, variable }) => {
      const last = disk.exports.find(
        (each) => each.path === path && each.variable === (variable ?? each.variable),
      );
      if (!last) throw new Refusal('not_found', `Nothing was exported into ${path}.`, '');
      if (!heldBy(last)) throw new Refusal('conflict', 'It has been changed since.', 'Change it yourself.');
      disk.exports = disk.exports.filter((each) => each !== last);
      if (last.before === null) disk.files.delete(path);
      else disk.files.set(path, last.before);
      changed('exports');
      return { path, removed: last.before === null };
    },
    'exports.list': rows,
    'pins.list': () => disk.pins.map(pinRow),
    'pins.add': ({ profile, folder }) => {
      profileOf(profile);
      const path = absolute(folder).replace(/\/$/, '');
      const known = disk.pins.find((each) => each.folder === path);
      if (known?.profile === profile) return { changed: false };
      if (path.includes('missing'))
        throw new Refusal('not_found', `There is no folder ${path}.`, 'Make it first.');
      disk.pins = [...disk.pins.filter((each) => each !== known), { folder: path, profile }];
      changed('exports');
      return { changed: true };
    },
    'pins.remove': ({ folder }) => {
      disk.pins = disk.pins.filter((each) => each.folder !== absolute(folder));
      changed('exports');
      return null;
    },
  };
}
