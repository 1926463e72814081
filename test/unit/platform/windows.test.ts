import { expect, test } from 'vitest';
import { pwsh } from '../../../core/shells/pwsh.ts';
import { compileCacheFolder } from '../../../platform/places/compile-cache-folder.ts';
import { personalIn } from '../../../platform/places/documents-folder.ts';
import { changedVariables } from '../../../platform/process/variables.ts';
import { windowsProgram } from '../../../platform/process/windows-search.ts';
import { isOfWsl } from '../../../platform/shells/shells.ts';

test('on Windows a variable is replaced and taken away in any case of its letters', () => {
  const env = { fal_key: 'old', Fal_Host: 'there', Path: 'C:\\' };
  expect(changedVariables(env, ['FAL_HOST'], { FAL_KEY: 'new' }, 'win32')).toEqual({
    FAL_KEY: 'new',
    Path: 'C:\\',
  });
  expect(changedVariables(env, ['FAL_HOST'], { FAL_KEY: 'new' }, 'linux')).toEqual({
    ...env,
    FAL_KEY: 'new',
  });
});

test('Windows’ own programs are named by their full path', () => {
  expect(windowsProgram('rundll32.exe', { SystemRoot: 'D:\\WINNT' })).toBe(
    'D:\\WINNT\\System32\\rundll32.exe',
  );
});

test('PowerShell’s hook gets what isn’t ASCII as ASCII', () => {
  expect(pwsh.hook.quote("C:\\it's")).toBe("'C:\\it''s'");
  const [, base64 = ''] = pwsh.hook.quote('C:\\Ünï').match(/FromBase64String\('([\w+/=]+)'\)/) ?? [];
  expect(Buffer.from(base64, 'base64').toString('utf8')).toBe('C:\\Ünï');
  expect(pwsh.hook.assign('want', 'ö')).toMatch(/^\$global:VarvelHook\.Want = \(\[Text/);
});

test('compiled code stays out of a signed .app, and out of Program Files', () => {
  const app = '/Applications/Varvel.app/Contents/Resources/cli/dist/cli';
  expect(compileCacheFolder(app, {}, 'darwin')?.folder).toMatch(/\/Library\/Caches\/Varvel\//);
  expect(compileCacheFolder('/src/varvel/dist/cli', {}, 'darwin')?.folder).toBe(
    '/src/varvel/dist/cli/compile-cache',
  );
  const local = { LOCALAPPDATA: 'C:\\Users\\a\\AppData\\Local' };
  expect(compileCacheFolder('C:\\Program Files\\Varvel', local, 'win32')?.folder).toContain('AppData');
  expect(compileCacheFolder('C:\\Program Files\\Varvel', {}, 'win32')).toBeNull();
});

test('Windows’ own bash.exe, which starts Linux, isn’t a shell of Windows', () => {
  expect(isOfWsl('C:\\Windows\\System32', 'win32')).toBe(true);
  expect(isOfWsl('C:\\Users\\ada\\AppData\\Local\\Microsoft\\WindowsApps\\', 'win32')).toBe(true);
  expect(isOfWsl('C:\\Program Files\\Git\\bin', 'win32')).toBe(false);
  expect(isOfWsl('/usr/bin', 'linux')).toBe(false);
});

test('the Documents folder is where Windows says it is, also when OneDrive has moved it', () => {
  const env = { USERPROFILE: 'C:\\Users\\ada' };
  const report = (value: string) =>
    `\r\nHKEY_CURRENT_USER\\Software\r\n    Personal    REG_EXPAND_SZ    ${value}\r\n\r\n`;
  expect(personalIn(report('%USERPROFILE%\\OneDrive - Mews\\Documents'), env)).toBe(
    'C:\\Users\\ada\\OneDrive - Mews\\Documents',
  );
  expect(personalIn(report('%UNKNOWN%\\Documents'), env)).toBeNull();
  expect(personalIn(report('Documents'), env)).toBeNull();
  expect(personalIn('ERROR: The system was unable to find the key.', env)).toBeNull();
});
