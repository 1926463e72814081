import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { agentAddress } from '../../../platform/vault/agent/agent-address.ts';
import { keychainService, vaultKind } from '../../../platform/vault/open-vault.ts';

test('the keychain is used unless the passphrase vault was chosen; a slip is no choice', () => {
  expect(vaultKind({})).toBe('keychain');
  expect(vaultKind({ VARVEL_VAULT: 'keychain' })).toBe('keychain');
  expect(vaultKind({ VARVEL_VAULT: 'file' })).toBe('file');
  expect(() => vaultKind({ VARVEL_VAULT: 'flie' })).toThrow('VARVEL_VAULT is not valid');
});

test('each data folder has its own service in the keychain', () => {
  expect(keychainService('/home/a/varvel/fal')).not.toBe(keychainService('/home/a/varvel/sandbox'));
  expect(keychainService('/home/a/varvel/fal/')).toBe(keychainService('/home/a/varvel/fal'));
});

test.each([
  ['keychain', /keytar/, /age-encryption|file-vault|zod/],
  ['file', /file-vault/, /keytar|keychain\.ts|zod/],
])('the %s vault loads nothing of the other', (kind, its, others) => {
  const script = `
    import { registerHooks } from 'node:module';
    const seen = [];
    registerHooks({ resolve: (name, context, next) => (seen.push(name), next(name, context)) });
    const { openVault } = await import('./platform/vault/open-vault.ts');
    const vault = await openVault({ kind: '${kind}', folder: '/nowhere/at/all', env: {}, ask: false });
    await vault.get('key/a').catch(() => null);
    console.log(seen.join(' '));
    process.exit();`;
  const env = { ...process.env, DBUS_SESSION_BUS_ADDRESS: 'unix:path=/nowhere/at/all' };
  const loaded = execFileSync(process.execPath, ['--input-type=module', '-e', script], {
    env,
    encoding: 'utf8',
  });
  expect(loaded).toMatch(its);
  expect(loaded).not.toMatch(others);
});

test('a vault whose path is too long for a socket has its agent in the runtime folder', () => {
  expect(agentAddress('/home/a/vault', '/run/user/7').socket).toBe('/home/a/vault/agent/socket');
  const deep = agentAddress(`/home/${'long/'.repeat(20)}vault`, '/run/user/7').socket;
  expect(deep).toMatch(/^\/run\/user\/7\/varvel-/);
  expect(deep.length).toBeLessThan(90);
});
