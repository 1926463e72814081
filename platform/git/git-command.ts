/**
 * A cloned repository may be hostile, and its configuration may name programs. These settings win over it: none of
 * its programs runs. A bare repository inside a clone, with a configuration of its own, is refused unless it is named.
 */
export const safeSettings: readonly string[] = [
  ...['-c', 'core.fsmonitor=false'],
  ...['-c', 'core.hooksPath=/dev/null'],
  ...['-c', 'safe.bareRepository=explicit'],
  '--no-pager',
  '--no-optional-locks',
];

/** What git gets of our environment. Not GIT_*, which leads to other repositories and programs, and no secrets. */
const passedOn = [
  ...['PATH', 'HOME', 'XDG_CONFIG_HOME', 'TMPDIR', 'SUDO_UID'],
  ...['SystemRoot', 'SystemDrive', 'PATHEXT', 'TEMP', 'TMP'],
  ...['USERPROFILE', 'HOMEDRIVE', 'HOMEPATH', 'APPDATA', 'LOCALAPPDATA', 'ProgramData', 'ProgramFiles'],
];

/** @param more names of further variables that git gets */
export function gitEnvironment(more: readonly string[] = []): NodeJS.ProcessEnv {
  const kept = [...passedOn, ...more].flatMap((each) => {
    const value = process.env[each];
    return value === undefined ? [] : [[each, value] as const];
  });
  return {
    ...Object.fromEntries(kept),
    LC_ALL: 'C',
    // a partial clone lacks objects: git would fetch them with the program that the repository names
    GIT_NO_LAZY_FETCH: '1',
    GIT_ALLOW_PROTOCOL: 'none',
    // what is there counts, not what a repository shows in its place
    GIT_NO_REPLACE_OBJECTS: '1',
  };
}
