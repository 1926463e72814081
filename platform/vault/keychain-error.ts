import { VarvelError } from '../../core/model/error.ts';

const chooseFile = 'use the passphrase vault with VARVEL_VAULT=file';

const unlockHint: Partial<Record<NodeJS.Platform, string>> = {
  darwin: 'Unlock the keychain (`security unlock-keychain`, or sign in on screen), then try again.',
  win32: 'Sign in to Windows with your own account, then try again.',
};

const linuxUnlockHint =
  'Unlock it, then try again: on GNOME in Passwords and Keys, on KDE in KWalletManager, ' +
  `without a desktop with \`gnome-keyring-daemon --replace --unlock --components=secrets\`. Or ${chooseFile}.`;

const linuxStartHint =
  'Sign in to the desktop. Without a desktop, run `dbus-run-session -- sh` and in it ' +
  `\`gnome-keyring-daemon --unlock --components=secrets\`. Or ${chooseFile}.`;

/** Messages of locked keychains. Sources: libsecret, gnome-keyring and Security.framework. */
const lockedWords = [
  /locked collection/i,
  /IsLocked/,
  /is locked/i,
  /Object does not exist at path/i,
  /dismissed|cancell?ed the operation/i,
  /interaction is not allowed/i,
  /user name or passphrase you entered is not correct/i,
];

/** D-Bus messages when the other side doesn't answer. */
const silentWords = [
  /timeout was reached/i,
  /did not receive a reply/i,
  /Error\.(NoReply|Timeout|TimedOut)\b/,
];

/**
 * Turns an error of the keychain's library into a VarvelError.
 * @param cause its text comes from the system and holds no secret
 */
export function keychainError(cause: unknown, platform: NodeJS.Platform): VarvelError {
  if (cause instanceof VarvelError) return cause;
  const text = cause instanceof Error ? cause.message : String(cause);
  if (lockedWords.some((words) => words.test(text))) return lockedError(platform, cause);
  if (silentWords.some((words) => words.test(text))) return unansweringError(cause);
  return new VarvelError(
    'vault_unavailable',
    `No keychain available: ${sentence(text)}`,
    platform === 'darwin' || platform === 'win32'
      ? `Sign in on the machine’s own screen, or ${chooseFile}.`
      : linuxStartHint,
    { cause },
  );
}

/** The keychain exists, but is locked. */
function lockedError(platform: NodeJS.Platform, cause: unknown): VarvelError {
  const hint = unlockHint[platform] ?? linuxUnlockHint;
  return new VarvelError('vault_locked', 'The keychain is locked.', hint, { cause });
}

/** A second keyring is locked. */
export const lockedKeyringError = (): VarvelError =>
  new VarvelError(
    'vault_locked',
    'A keyring that has some of Varvel’s secrets is locked.',
    'Unlock all keyrings, then try again: on GNOME in Passwords and Keys, on KDE in KWalletManager. If one is lost, delete its file.',
  );

/** The keychain is unlocked, but has none of the items that were stored. */
export const otherKeychainError = (): VarvelError =>
  new VarvelError(
    'vault_locked',
    'The default keychain is not the one that has Varvel’s keys.',
    'Unlock the other one, or make it the default again. If it is lost, run `varvel vault reset`, then add your keys again.',
  );

/** The data folder was moved or copied: items are named after its path, so that two folders never change each other's. */
export const movedError = (from: string): VarvelError =>
  new VarvelError(
    'vault_locked',
    `The keychain has Varvel’s keys for the data folder ${from}, and this is another one.`,
    'Move it back, or use it there. To have the keys here: create a backup there, run `varvel vault reset` here, then restore the backup.',
  );

/** The keychain exists, but doesn't answer. */
export function unansweringError(cause?: unknown): VarvelError {
  return new VarvelError(
    'vault_unanswering',
    'The keychain doesn’t answer.',
    'If it asks for its password, enter it and try again. Otherwise restart it ' +
      `(\`systemctl --user restart gnome-keyring-daemon\`, or sign out and in). Or ${chooseFile}.`,
    { cause },
  );
}

/** The library's native part doesn't load. */
export function addonError(platform: NodeJS.Platform, cause: unknown): VarvelError {
  const install =
    platform === 'linux'
      ? 'Install libsecret (Debian, Ubuntu: `apt install libsecret-1-0`; Fedora: `dnf install libsecret`; ' +
        `Alpine: \`apk add libsecret\`), or ${chooseFile}.`
      : `Install Varvel again, or ${chooseFile}.`;
  return new VarvelError('vault_unavailable', 'The keychain’s library can’t be loaded.', install, { cause });
}

/** The keychain reported success, but stored something else or nothing. */
export function notStoredError(name: string): VarvelError {
  return new VarvelError(
    'vault_unavailable',
    `The keychain accepted ${name}, but didn’t store it.`,
    `Check the keychain in your system’s own app, or ${chooseFile}.`,
  );
}

const sentence = (text: string): string => {
  const plain = text.replace(/^GDBus\.Error:[\w.]+: /, '').trim();
  return /[.!?]$/.test(plain) ? plain : `${plain}.`;
};
