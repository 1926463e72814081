import { mkdir, writeFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { nodeProgram } from './driver.ts';
import { describeOnWindows, windowsMachine } from './machine.ts';

const key = 'aaaaaaaa-0000-4000-8000-000000000001:0123456789abcdef0123456789abcdef';
const odd = ['a b', '', 'x&echo no', '%PATH%', '^', '"quoted"', 'end\\', '!x!', '(c)', 'ö'];

describeOnWindows('varvel run on Windows', () => {
  const machine = windowsMachine({
    vault: 'keychain',
    async prepare({ varvel, varvelWith, here, user }) {
      await varvelWith({ input: key }, 'keys', 'add', 'one', '--stdin', '-p', 'first');
      await varvel('switch', 'first');
      const folder = here(`${user}\\tools & more`);
      await mkdir(folder);
      // as npm makes them; a batch file is read in the console's code page, so Node's path comes from outside
      await writeFile(
        `${folder}/tool.cmd`,
        '@ECHO off\r\n"%NODE_HERE%" "%~dp0\\tool.js" %*\r\nexit /b %errorlevel%\r\n',
      );
      await writeFile(
        `${folder}/tool.js`,
        'console.log(JSON.stringify({ key: process.env.FAL_KEY, args: process.argv.slice(2) })); process.exit(7)',
      );
      await writeFile(`${folder}/script.ps1`, 'exit 3\r\n');
      await writeFile(`${folder}/broken.exe`, 'not a program');
    },
  });
  const run = (env: Record<string, string>, ...args: string[]) =>
    machine().varvelWith({ env: { NODE_HERE: nodeProgram, ...env } }, 'run', '--', ...args);
  const path = () => ({ PATH: `${machine().user}\\tools & more;${machine().env.PATH}` });

  test('a program has the key, and its exit code is Varvel’s', async () => {
    const said = await run(
      { fal_key: 'stray:key', Fal_Key_Id: 'stray' },
      'cmd',
      '/d',
      '/c',
      'set fal&exit 9',
    );
    expect(said).toMatchObject({ code: 9, stdout: `FAL_KEY=${key}\r\n` });
  });

  test('a .cmd file is found by its name without an ending, and gets its arguments as they are', async () => {
    const ended = await run(path(), 'tool', ...odd);
    expect({ ...ended, stdout: JSON.parse(ended.stdout) }).toMatchObject({
      code: 7,
      stdout: { key, args: odd },
    });
  });

  test('a .cmd file by its path', async () => {
    const ended = await run({}, `${machine().user}\\tools & more\\tool.cmd`, 'one');
    expect({ ...ended, stdout: JSON.parse(ended.stdout) }).toMatchObject({
      code: 7,
      stdout: { args: ['one'] },
    });
  });

  test.each([
    ['no-such-tool', 127, /not found/],
    ['broken.exe', 126, /can’t be run/],
    ['script.ps1', 126, /powershell -File/],
  ])('%s is refused in words', async (name, code, words) => {
    const ended = await run(path(), name);
    expect(ended).toMatchObject({ code, stderr: expect.stringMatching(words) });
    expect(ended.stderr).not.toContain('unexpected');
  });

  test('a program in the working folder is not taken for one of PATH', async () => {
    const cwd = `${machine().user}\\tools & more`;
    expect(await machine().varvelWith({ cwd }, 'run', '--', 'tool')).toMatchObject({ code: 127 });
  });
});
