import { VarvelError } from '../../core/model/error.ts';

const chooseFile = 'choose the passphrase vault with VARVEL_VAULT=file';

const unlockHint: Partial<Record<NodeJS.Platform, string>> = {
  darwin: 'Unlock the keychain (`security unlock-keychain`, or sign in at the screen) and try again.',
  win32: 'Sign in to Windows with your own account and try again.',
};

const linuxUnlockHint =
  'Unlock it and try again: on GNOME in "Passwords and Keys", on KDE in KWalletManager, ' +
  `without a desktop with \`gnome-keyring-daemon --unlock\`; or ${chooseFile}.`;

const linuxStartHint =
  'Sign in to the desktop, or without one run `dbus-run-session -- sh` and in it ' +
  `\`gnome-keyring-daemon --unlock --components=secrets\`; or ${chooseFile}.`;

/** What keychains say when they are there and closed. Sources: libsecret, gnome-keyring and Security.framework. */
const lockedWords = [
  /locked collection/i,
  /IsLocked/,
  /is locked/i,
  /Object does not exist at path/i,
  /dismissed|cancell?ed the operation/i,
  /interaction is not allowed/i,
  /user name or passphrase you entered is not correct/i,
];

/** What D-Bus says when the other side holds the line and says nothing. */
const silentWords = [
  /timeout was reached/i,
  /did not receive a reply/i,
  /Error\.(NoReply|Timeout|TimedOut)\b/,
];

/**
 * Gives words and a code to what the keychain's library rejected with.
 * @param cause what was thrown; its text comes from the system and holds no secret
 */
export function keychainError(cause: unknown, platform: NodeJS.Platform): VarvelError {
  if (cause instanceof VarvelError) return cause;
  const text = cause instanceof Error ? cause.message : String(cause);
  if (lockedWords.some((words) => words.test(text))) return lockedError(platform, cause);
  if (silentWords.some((words) => words.test(text))) return unansweringError(cause);
  return new VarvelError(
    'vault_unavailable',
    `There is no keychain to be reached here: ${sentence(text)}`,
    platform === 'darwin' || platform === 'win32'
      ? `Sign in at the machine's own screen, or ${chooseFile}.`
      : linuxStartHint,
    { cause },
  );
}

/** The keychain is there and closed. */
function lockedError(platform: NodeJS.Platform, cause: unknown): VarvelError {
  const hint = unlockHint[platform] ?? linuxUnlockHint;
  return new VarvelError('vault_locked', 'The keychain is locked.', hint, { cause });
}

/** The keychain is there and does not answer. */
export function unansweringError(cause?: unknown): VarvelError {
  return new VarvelError(
    'vault_unanswering',
    'The keychain does not answer.',
    'If it is asking for its password, answer that and try again; else restart it ' +
      `(\`systemctl --user restart gnome-keyring-daemon\`, or sign out and in) or ${chooseFile}.`,
    { cause },
  );
}

/** The native part of the library doesn't load. */
export function addonError(platform: NodeJS.Platform, cause: unknown): VarvelError {
  const install =
    platform === 'linux'
      ? 'Install libsecret (Debian, Ubuntu: `apt install libsecret-1-0`; Fedora: `dnf install libsecret`; ' +
        `Alpine: \`apk add libsecret\`), or ${chooseFile}.`
      : `Install Varvel again, or ${chooseFile}.`;
  return new VarvelError('vault_unavailable', "The keychain's library can't be loaded.", install, { cause });
}

/** The keychain said yes and kept something else, or nothing. */
export function notKeptError(name: string): VarvelError {
  return new VarvelError(
    'vault_unavailable',
    `The keychain took ${name} and does not give it back.`,
    `Look at the keychain's own program for what is wrong with it, or ${chooseFile}.`,
  );
}

const sentence = (text: string): string => {
  const plain = text.replace(/^GDBus\.Error:[\w.]+: /, '').trim();
  return /[.!?]$/.test(plain) ? plain : `${plain}.`;
};
