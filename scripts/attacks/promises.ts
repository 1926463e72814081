/** A promise, and the tests that try to break it: files or folders below test/, named with their vitest project. */
export interface Promised {
  /** Its number; 0 for what was promised later. */
  number: number;
  says: string;
  tests: { project: 'unit' | 'integration' | 'desktop'; paths: string[] }[];
}

const unit = (...paths: string[]) => ({
  project: 'unit' as const,
  paths: paths.map((path) => `test/unit/${path}`),
});
const real = (...paths: string[]) => ({
  project: 'integration' as const,
  paths: paths.map((path) => (path.startsWith('attacks/') ? `test/${path}` : `test/integration/${path}`)),
});
const desktop = (...paths: string[]) => ({
  project: 'desktop' as const,
  paths: paths.map((path) => `test/e2e/desktop/${path}`),
});

/** What docs/promises.md lists. */
export const promises: readonly Promised[] = [
  {
    number: 1,
    says: 'A vault that is locked or unavailable is never “missing”',
    tests: [real('promises/bad-vault', 'vault/keychain', 'attacks/second-keyring', 'attacks/other-vault')],
  },
  {
    number: 2,
    says: 'Never silently weaker: no other vault than the chosen one',
    tests: [real('promises/without-a-bus', 'vault/file-vault.test'), unit('vault/open-vault')],
  },
  {
    number: 3,
    says: 'No secret in a file, stream, request or process',
    tests: [
      real(
        'promises/canary',
        'attacks/debugging-node',
        'attacks/traced-shell',
        'attacks/key-pasted-as-a-name',
      ),
      desktop('debugging-node', 'renderer-memory'),
    ],
  },
  {
    number: 4,
    says: 'A copied key is cleared, if the clipboard still holds it',
    tests: [unit('bridge/secret-copy')],
  },
  {
    number: 5,
    says: 'Secret and index entry survive any crash together',
    tests: [real('promises/vault-fails-after-create', 'vault/file-vault-processes')],
  },
  {
    number: 6,
    says: 'Secrets are “not cached”; no text claims more',
    tests: [real('attacks/no-text-claims-to-wipe')],
  },
  { number: 7, says: 'What isn’t a key reaches no header', tests: [unit('core/keys/parse-key')] },
  {
    number: 8,
    says: 'One refresh at a time; no network failure signs out',
    tests: [real('promises/one-refresh', 'attacks/killed-logout')],
  },
  {
    number: 9,
    says: 'Sign-in by loopback: PKCE, a one-time state, this machine only',
    tests: [real('platform/loopback', 'sandbox/loopback-sign-in')],
  },
  {
    number: 10,
    says: 'Sign-in by code keeps to interval, expiry and denial',
    tests: [real('sandbox/device-sign-in')],
  },
  {
    number: 11,
    says: 'What was acknowledged is stored, whoever is killed',
    tests: [real('platform/state-crash', 'platform/state-storage', 'promises/concurrent-writes')],
  },
  {
    number: 12,
    says: 'A database that can’t be read is set aside, never overwritten',
    tests: [
      real(
        'platform/state-damage',
        'attacks/one-read-error',
        'promises/bad-state',
        'platform/state-migration',
      ),
    ],
  },
  {
    number: 13,
    says: 'Other programs’ files are patched and stay whole',
    tests: [real('patch/', 'falcli/fal-parser', 'attacks/killed-export'), unit('falcli/edit-toml')],
  },
  {
    number: 14,
    says: 'Files are 0600 and folders 0700, under any umask',
    tests: [real('attacks/no-mode', 'attacks/compile-cache', 'attacks/odd-umask')],
  },
  {
    number: 15,
    says: 'The web view answers its own browser only',
    tests: [real('web/who-is-let-in', 'web/sign-in', 'attacks/flood-of-another-user'), unit('web/gate')],
  },
  { number: 16, says: 'Electron’s checklist holds at run time', tests: [desktop('guards', 'start')] },
  {
    number: 17,
    says: 'A call over the bridge is decoded, or refused',
    tests: [real('web/bridge'), unit('main/bridge-is-whole')],
  },
  {
    number: 18,
    says: 'Every shell reads back the value that was written',
    tests: [real('exports/shells', 'exports/files', 'attacks/line-break')],
  },
  {
    number: 19,
    says: 'A key goes to its host over checked TLS, and no redirect gets it',
    tests: [real('platform/http.test')],
  },
  {
    number: 20,
    says: 'A secret isn’t written where git would take it',
    tests: [real('attacks/hostile-repository', 'attacks/git-that-fails', 'attacks/key-for-fal')],
  },
  {
    number: 0,
    says: 'A log line that another program changes or removes is noticed',
    tests: [real('attacks/changed-log')],
  },
  {
    number: 0,
    says: 'A rotation that is killed fails no call and loses no key',
    tests: [real('rotation/under-fire'), unit('core/rotation/killed-change')],
  },
  { number: 0, says: 'A foreign backup takes no key', tests: [real('attacks/foreign-backup')] },
  { number: 0, says: 'A foreign pin takes no ADMIN key', tests: [real('attacks/foreign-pin')] },
  {
    number: 0,
    says: 'This computer’s clock alone revokes and deletes nothing',
    tests: [real('attacks/clock-ahead')],
  },
  { number: 0, says: 'No foreign text drives a terminal', tests: [real('cli/framework/clean-output')] },
];
