import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { hookFile } from '../../../platform/shells/start-up-files.ts';

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
