import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { hookFile } from '../../../platform/shells/start-up-files.ts';
import { zdotdirIn } from '../../../platform/shells/zsh-folder.ts';

test('on macOS bash’s hook goes into the file that Terminal’s bash reads', () => {
  const home = mkdtempSync(join(tmpdir(), 'varvel-home-'));
  try {
    const file = (platform: NodeJS.Platform) => hookFile('bash', { HOME: home }, platform);
    expect(file('linux')).toBe(join(home, '.bashrc'));
    expect(file('darwin')).toBe(join(home, '.bash_profile'));
    // a new .bash_profile would hide it
    writeFileSync(join(home, '.profile'), '');
    expect(file('darwin')).toBe(join(home, '.profile'));
    expect(hookFile('zsh', { HOME: home, ZDOTDIR: join(home, 'z') }, 'darwin')).toBe(
      join(home, 'z', '.zshrc'),
    );
  } finally {
    rmSync(home, { recursive: true });
  }
});

test.each([
  ['export ZDOTDIR="$HOME/.config/zsh"', '/Users/ada/.config/zsh'],
  ['ZDOTDIR=~/zsh;', '/Users/ada/zsh'],
  // biome-ignore lint/suspicious/noTemplateCurlyInString: the shell's
  ['export ZDOTDIR=${XDG_CONFIG_HOME:-$HOME/.config}/zsh\n', '/Users/ada/.config/zsh'],
  ['typeset -gx ZDOTDIR=/opt/zsh', '/opt/zsh'],
  ['ZDOTDIR=/first\nZDOTDIR=/last', '/last'],
  ['ZDOTDIR=$(somewhere)', null],
  ['# ZDOTDIR=/commented', null],
  ['', null],
])('zsh’s folder, as ~/.zshenv sets it: %s', (text, folder) => {
  expect(zdotdirIn(text, '/Users/ada', {})).toBe(folder);
});
