import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { parse } from 'smol-toml';
import { expect, test } from 'vitest';
import { lockedVault } from '../../fakes/memory-secrets.ts';
import { temporaryFolder } from '../platform/temporary-folder.ts';
import { openDesk, secretOf } from './desk.ts';

const falconers = { id: 'u2', nickname: 'falconers' };
const theirs = `# mine
[__internal__]
profile = "old" # for now
team = "falconers"

# never touch
[old]
key = 'id-old:secret' # live
host = "api.old"

["with.dots and \\"quotes\\" ü"]
key = "id-q:secret"
`;

test('a profile becomes that of fal’s CLI without its key; all else stays, and undo gives it back to the byte', async () => {
  using folder = temporaryFolder();
  using desk = openDesk(folder.path, falconers);
  writeFileSync(desk.path, theirs);
  const { written, notes } = await desk.falcli.apply(desk.profile('studio.v2', 'api.studio'), false);
  expect(written).toBe(true);
  expect(notes.join()).toMatch(/Others could read .*644/);
  const now = readFileSync(desk.path, 'utf8');
  expect(now).toBe(`${theirs.replace('"old"', '"studio.v2"')}\n["studio.v2"]\nhost = "api.studio"\n`);
  expect(statSync(desk.path).mode & 0o777).toBe(0o600);
  expect(await desk.falcli.apply(desk.profile('studio.v2', 'api.studio'), false)).toMatchObject({
    written: false,
  });
  expect(await desk.falcli.undo()).toMatchObject({ left: [], removed: false });
  expect(readFileSync(desk.path, 'utf8')).toBe(theirs);
  await expect(desk.falcli.undo()).rejects.toMatchObject({ code: 'not_found' });
});

test('without a key the team is that of the profile’s account, or none; with one it stays; undo gives it back', async () => {
  using folder = temporaryFolder();
  using desk = openDesk(folder.path);
  writeFileSync(desk.path, theirs);
  const [studio, bare] = [desk.profile('studio'), desk.profile('bare')];
  const ada = { ...studio, account: { id: 'u1', nickname: 'ada' } };
  const profileIn = (text: string, name: string) => `${text.replace('"old"', `"${name}"`)}\n[${name}]\n`;
  const falconersOf = (name: string) => profileIn(theirs, name);
  expect(await desk.falcli.apply(ada, false)).toMatchObject({ written: true, hasKey: false });
  expect(readFileSync(desk.path, 'utf8')).toBe(
    falconersOf('studio').replace('team = "falconers"', 'team = "ada"'),
  );
  expect(await desk.falcli.status()).toMatchObject({ profile: 'studio', team: 'ada' });
  expect(await desk.falcli.apply({ ...bare, keyId: null }, false)).toMatchObject({ hasKey: false });
  expect(readFileSync(desk.path, 'utf8')).not.toContain('team');
  await desk.falcli.undo();
  await desk.falcli.undo();
  expect(readFileSync(desk.path, 'utf8')).toBe(theirs);
  expect(await desk.falcli.apply(ada, true)).toMatchObject({ hasKey: true });
  expect(readFileSync(desk.path, 'utf8')).toContain('team = "falconers"');
  // the key is there now, and decides
  await desk.falcli.apply({ ...ada, host: 'api.ada' }, false);
  expect(readFileSync(desk.path, 'utf8')).toContain('team = "falconers"');
});

test('a team that names the account in another case stays as it is', async () => {
  using folder = temporaryFolder();
  using desk = openDesk(folder.path, { id: 'u2', nickname: 'Falconers' });
  writeFileSync(desk.path, theirs);
  await desk.falcli.apply(desk.profile('studio'), false);
  expect(readFileSync(desk.path, 'utf8')).toContain('team = "falconers"');
});

test('the profile in use differs when it has no key and the team is another account’s', async () => {
  using folder = temporaryFolder();
  using desk = openDesk(folder.path, { id: 'u1', nickname: 'ada' });
  desk.profile('studio');
  desk.profile('other');
  const config = (team: string) => `[__internal__]\nprofile = "studio"\n${team}[studio]\n[other]\n`;
  const differs = async (text: string) => {
    writeFileSync(desk.path, text);
    return Object.fromEntries((await desk.falcli.status()).rows.map((row) => [row.name, row.differs]));
  };
  expect(await differs(config('team = "falconers"\n'))).toEqual({ studio: ['account'], other: [] });
  expect(await differs(config(''))).toEqual({ studio: ['account'], other: [] });
  expect(await differs(config('team = "Ada"\n'))).toEqual({ studio: [], other: [] });
  const withKey = config('team = "falconers"\n').replace('[studio]\n', '[studio]\nkey = "our-studio:x"\n');
  expect(await differs(withKey)).toEqual({ studio: [], other: [] });
});

test('the key is written only when told to; what undoes that is in the vault and not in the database', async () => {
  using folder = temporaryFolder();
  using desk = openDesk(folder.path, falconers);
  writeFileSync(desk.path, theirs);
  const old = { ...desk.profile('old', 'api.old') };
  await expect(desk.falcli.apply(old, false)).rejects.toMatchObject({ code: 'conflict' });
  await desk.falcli.apply(old, true);
  const now = readFileSync(desk.path, 'utf8');
  expect(now).toBe(theirs.replace("'id-old:secret'", JSON.stringify(secretOf('old'))));
  const undoOf = () => [...desk.secrets.entries].filter(([name]) => name.startsWith('falcli/undo'));
  expect(undoOf()).toEqual([[expect.any(String), expect.stringContaining('id-old:secret')]]);
  const database = ['state.db', 'state.db-wal']
    .map((name) => join(folder.path, 'home', name))
    .filter(existsSync);
  for (const file of database)
    expect(readFileSync(file, 'latin1')).not.toMatch(/id-old:secret|topsecret|never touch/);
  await desk.falcli.undo();
  expect(readFileSync(desk.path, 'utf8')).toBe(theirs);
  expect(undoOf()).toEqual([]);
});

test('what an older Varvel kept to undo a change is still taken back to the byte', async () => {
  using folder = temporaryFolder();
  using desk = openDesk(folder.path, falconers);
  writeFileSync(desk.path, theirs);
  await desk.falcli.apply(desk.profile('studio.v2', 'api.studio'), false);
  const kept = desk.state.settings.get('falcli_undo') ?? '';
  expect(kept).toContain('"start":');
  desk.state.settings.set('falcli_undo', kept.replaceAll('"start":', '"at":'));
  expect(await desk.falcli.undo()).toMatchObject({ left: [] });
  expect(readFileSync(desk.path, 'utf8')).toBe(theirs);
});

test('undo after undo leads back to what was there before us, and leaves no key that was written on the way', async () => {
  using folder = temporaryFolder();
  using desk = openDesk(folder.path, falconers);
  writeFileSync(desk.path, theirs);
  const states = [theirs];
  for (const name of ['a', 'b', 'a', 'c']) {
    await desk.falcli.apply(desk.profile(name), true);
    states.push(readFileSync(desk.path, 'utf8'));
  }
  while (states.length > 1) {
    expect(readFileSync(desk.path, 'utf8')).toBe(states.pop());
    await desk.falcli.undo();
  }
  expect(readFileSync(desk.path, 'utf8')).toBe(theirs);
  expect([...desk.secrets.entries.keys()].filter((name) => name.startsWith('falcli/undo'))).toEqual([]);
  await expect(desk.falcli.undo()).rejects.toMatchObject({ code: 'not_found' });
});

test('so it does after more changes than are kept one by one', async () => {
  using folder = temporaryFolder();
  using desk = openDesk(folder.path, falconers);
  writeFileSync(desk.path, theirs);
  const profiles = ['a', 'b', 'c'].map((name) => desk.profile(name));
  for (let index = 0; index < 60; index += 1) {
    const profile = profiles[index % 3];
    if (profile) await desk.falcli.apply(profile, index % 2 === 0);
  }
  let undone = 0;
  while (desk.falcli.known().undoable) {
    await desk.falcli.undo();
    undone += 1;
  }
  expect(undone).toBe(50);
  expect(parse(readFileSync(desk.path, 'utf8'))).toEqual(parse(theirs));
  expect([...desk.secrets.entries.keys()].filter((name) => name.startsWith('falcli/undo'))).toEqual([]);
});

test('a change that failed is none to undo: the one before it is', async () => {
  using folder = temporaryFolder();
  using desk = openDesk(folder.path, falconers);
  writeFileSync(desk.path, theirs);
  await desk.falcli.apply(desk.profile('a'), true);
  chmodSync(desk.path, 0o400);
  await expect(desk.falcli.apply(desk.profile('b'), true)).rejects.toMatchObject({
    code: 'storage_read_only',
  });
  chmodSync(desk.path, 0o600);
  expect(await desk.falcli.undo()).toMatchObject({ left: [] });
  expect(readFileSync(desk.path, 'utf8')).toBe(theirs);
});

test('where there was no file there is one with the profile alone, in a folder of its own, and undo takes it away', async () => {
  using folder = temporaryFolder();
  using desk = openDesk(folder.path);
  await desk.falcli.apply(desk.profile('studio'), false);
  expect(parse(readFileSync(desk.path, 'utf8'))).toEqual({ studio: {}, __internal__: { profile: 'studio' } });
  expect(statSync(desk.path).mode & 0o777).toBe(0o600);
  expect(await desk.falcli.undo()).toMatchObject({ removed: true });
  expect(existsSync(desk.path)).toBe(false);
});

test('after fal’s CLI has rewritten the file, undo takes back what is still ours and leaves what is not', async () => {
  using folder = temporaryFolder();
  using desk = openDesk(folder.path, falconers);
  writeFileSync(desk.path, theirs);
  await desk.falcli.apply(desk.profile('studio', 'api.studio'), true);
  const rewritten = `[__internal__]\nprofile = "theirs"\nteam = "falconers"\n\n[old]\nkey = "id-old:secret"\nhost = "api.old"\n\n[studio]\nhost = "api.studio"\nkey = ${JSON.stringify(secretOf('studio'))}\n\n[theirs]\n`;
  writeFileSync(desk.path, rewritten);
  expect(await desk.falcli.undo()).toMatchObject({ left: ['__internal__.profile'] });
  expect(parse(readFileSync(desk.path, 'utf8'))).toEqual({
    __internal__: { profile: 'theirs', team: 'falconers' },
    old: { key: 'id-old:secret', host: 'api.old' },
    theirs: {},
  });
});

test('comments that fal’s CLI dropped come back at the next change, or when asked for; one deleted by hand stays away', async () => {
  using folder = temporaryFolder();
  using desk = openDesk(folder.path, falconers);
  writeFileSync(desk.path, theirs);
  const [a, b] = [desk.profile('a'), desk.profile('b')];
  await desk.falcli.apply(a, false);
  const bare =
    '[__internal__]\nprofile = "a"\nteam = "falconers"\n\n[old]\nkey = "id-old:secret"\nhost = "api.old"\n\n[a]\n';
  const commented =
    '# mine\n[__internal__]\nprofile = "a" # for now\nteam = "falconers"\n\n# never touch\n[old]\nkey = "id-old:secret" # live\nhost = "api.old"\n\n[a]\n';
  writeFileSync(desk.path, bare);
  expect(await desk.falcli.restoreComments()).toBe(true);
  expect(readFileSync(desk.path, 'utf8')).toBe(commented);
  writeFileSync(desk.path, bare);
  await desk.falcli.apply(b, false);
  expect(readFileSync(desk.path, 'utf8')).toBe(
    `${commented.replace('profile = "a"', 'profile = "b"')}\n[b]\n`,
  );
  writeFileSync(desk.path, readFileSync(desk.path, 'utf8').replace('# never touch\n', ''));
  await desk.falcli.apply(a, false);
  expect(readFileSync(desk.path, 'utf8')).not.toContain('never touch');
  expect(desk.secrets.entries.get('falcli/comments')).not.toContain('never touch');
});

test('a symbolic link stays one; a read-only, malformed, foreign or odd file is left as it is, with words', async () => {
  using folder = temporaryFolder();
  using desk = openDesk(folder.path, falconers);
  const studio = desk.profile('studio');
  mkdirSync(join(folder.path, 'dotfiles'));
  const target = join(folder.path, 'dotfiles/fal.toml');
  symlinkSync('dotfiles/fal.toml', desk.path);
  writeFileSync(target, theirs);
  await desk.falcli.apply(studio, false);
  expect(lstatSync(desk.path).isSymbolicLink()).toBe(true);
  expect(readFileSync(target, 'utf8')).toContain('[studio]');
  const refused: [string | Uint8Array, string][] = [
    ['[a\nkey = "id:hidden"', 'invalid'],
    ['[a]\n[a]\n', 'invalid'],
    [new Uint8Array([0x5b, 0x61, 0xff, 0x5d]), 'invalid'],
    [new Uint8Array([0, 1, 2, 3]), 'invalid'],
    ['studio = 1\n', 'conflict'],
    ['__internal__ = { profile = "a" }\n', 'invalid'],
  ];
  for (const [content, code] of refused) {
    writeFileSync(target, content);
    const error: unknown = await desk.falcli.apply(studio, false).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code });
    expect(String(error)).not.toContain('hidden');
    expect(readFileSync(target)).toEqual(Buffer.from(content));
  }
  writeFileSync(target, theirs);
  chmodSync(target, 0o400);
  await expect(desk.falcli.apply(studio, false)).rejects.toMatchObject({ code: 'storage_read_only' });
  expect(readFileSync(target, 'utf8')).toBe(theirs);
});

test('with a locked vault, a change without a key is made all the same; one with a key is not begun', async () => {
  using folder = temporaryFolder();
  using desk = openDesk(folder.path, falconers);
  writeFileSync(desk.path, theirs);
  const [a, b] = [desk.profile('a'), desk.profile('b')];
  desk.secrets.fail(lockedVault());
  const { written, notes } = await desk.falcli.apply(a, false);
  expect([written, notes.join()]).toEqual([
    true,
    expect.stringMatching(/Couldn’t save the file’s comments.*locked/),
  ]);
  const before = readFileSync(desk.path, 'utf8');
  await expect(desk.falcli.apply(b, true)).rejects.toMatchObject({ code: 'vault_locked' });
  expect(readFileSync(desk.path, 'utf8')).toBe(before);
  await desk.falcli.undo();
  expect(readFileSync(desk.path, 'utf8')).toBe(theirs);
});
