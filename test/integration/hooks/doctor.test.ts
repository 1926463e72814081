import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { newMachine } from '../cli/machine.ts';

const machine = newMachine({ vault: 'file' });

const files: Record<string, string> = {
  '.bashrc': '# export FAL_KEY=no\nexport FAL_KEY_ID=a\necho "$FAL_KEY"\nexport A=1 FAL_KEY=the:secret\n',
  '.zshrc': '\nif true; then FAL_KEY="the:secret"; fi\neval "$(varvel hook zsh)"\n',
  '.tcshrc': 'setenv FAL_KEY the:secret\n',
  '.config/fish/config.fish': 'set -gx FAL_KEY the:secret\nset -e FAL_KEY\n',
  '.config/fish/conf.d/fal.fish': 'set -x -g FAL_KEY the:secret\n',
  '.config/environment.d/fal.conf': 'FAL_KEY=the:secret\n',
  '.config/powershell/profile.ps1': '$env:FAL_KEY = "the:secret"\n',
  '.config/nushell/env.nu': '$env.FAL_KEY = "the:secret"\n',
};

test('doctor says which start-up files set FAL_KEY and in which line, never to what, and leaves them alone', async () => {
  const home = machine().env.HOME ?? '';
  for (const [name, content] of Object.entries(files)) {
    await mkdir(dirname(join(home, name)), { recursive: true });
    await writeFile(join(home, name), content);
  }
  await mkdir(join(home, '.profile'));
  const { stdout } = await machine().varvel('doctor', '--offline');
  const named = [...stdout.matchAll(/(\S+):(\d+) sets FAL_KEY/g)]
    .map(([, file = '', line]) => `${file.slice(home.length + 1)}:${line}`)
    .filter((name) => !name.startsWith('etc/'));
  expect(named.sort()).toEqual(
    [
      '.bashrc:4',
      '.config/environment.d/fal.conf:1',
      '.config/fish/conf.d/fal.fish:1',
      '.config/fish/config.fish:1',
      '.config/nushell/env.nu:1',
      '.config/powershell/profile.ps1:1',
      '.tcshrc:1',
      '.zshrc:2',
    ].sort(),
  );
  expect(stdout).toContain(`${join(home, '.zshrc')}:3 loads the prompt hook`);
  expect(stdout).not.toContain('the:secret');
  for (const [name, content] of Object.entries(files))
    expect(await readFile(join(home, name), 'utf8')).toBe(content);
});
