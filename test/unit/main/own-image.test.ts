import { mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { forgetForeignImage } from '../../../main/app/own-image.ts';

/** What is left of an AppImage's variables for a program. */
function leftOf(variables: NodeJS.ProcessEnv, program: string): NodeJS.ProcessEnv {
  const env = { LANG: 'C', ...variables };
  forgetForeignImage(env, program);
  return env;
}

const image = { APPIMAGE: '/home/ada/Editor.AppImage', ARGV0: './Editor.AppImage', OWD: '/home/ada' };

test.each([
  ['from another mount', { ...image, APPDIR: '/tmp/.mount_Editorabc' }],
  ['from a folder whose name begins so', { ...image, APPDIR: '/opt/var' }],
  ['without a mount', image],
  ['with an empty mount', { ...image, APPDIR: '' }],
])('the variables of another AppImage are forgotten: %s', (_where, variables) => {
  expect(leftOf(variables, '/opt/varvel/varvel-desktop')).toEqual({ LANG: 'C' });
});

test('its own AppImage is kept, also where the mount’s path leads over a link', () => {
  const root = mkdtempSync(join(tmpdir(), 'varvel-image-'));
  onTestFinished(() => rmSync(root, { recursive: true }));
  mkdirSync(join(root, 'mount'));
  symlinkSync(join(root, 'mount'), join(root, 'link'));
  const program = join(root, 'mount', 'varvel-desktop');
  for (const name of ['mount', 'link']) {
    const own = { ...image, APPDIR: join(root, name) };
    expect(leftOf(own, program)).toEqual({ LANG: 'C', ...own });
  }
});
