import { existsSync, readdirSync, realpathSync, statSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { VarvelError } from '../../core/model/error.ts';
import { hasErrorCode } from '../files/error-code.ts';
import { fileError } from '../files/file-error.ts';
import { isOtherUsers, makePrivateFolder } from '../files/private-folder.ts';

/** Where Varvel stores its data on this machine. */
export interface Home {
  /** Absolute path, with links resolved. */
  folder: string;
  /**
   * The folder of one environment; created with 0700 if needed.
   * @throws VarvelError `invalid` for another user's, `storage_*`
   */
  environmentFolder(name: string): string;
}

export interface HomeOptions {
  /** The process's variables: VARVEL_HOME, XDG_DATA_HOME, APPDATA are read. */
  variables?: NodeJS.ProcessEnv;
  platform?: NodeJS.Platform;
  /** The user's home folder. */
  userFolder?: string;
  /** The id of this process's user. */
  userId?: number | undefined;
}

/**
 * Finds or creates Varvel's folder, 0700 under any umask. If others can open our folder, it is closed to them
 * again; a folder with other things in it keeps its mode (the environment folders in it are 0700).
 * With sudo, it is not in the home of who called it: they wouldn't expect root there. A container's root is another thing: it
 * may be alone there with a folder of any user's, and what it creates is given to that user (see folder-owner.ts).
 * @throws VarvelError `invalid` when it is not a folder or another user's, `storage_*` when it can't be created
 */
export function openHome(options: HomeOptions = {}): Home {
  const {
    variables = process.env,
    platform = process.platform,
    userFolder = homedir(),
    userId = process.getuid?.(),
  } = options;
  const moved = variables.VARVEL_HOME;
  const named = moved ? resolve(moved) : conventionalHome(variables, platform, userFolder);
  const caller = variables.SUDO_UID ?? variables.PKEXEC_UID;
  if (userId === 0 && Number(caller ?? 0) !== 0 && isOf(Number(caller), named)) throw withSudo(named);
  makePrivate(named);
  if (isOtherUsers(named, userId)) throw otherUsers(named);
  // the keychain's items are named after the path (see keychainService), so a home must have only one
  const folder = realpathSync(named);
  return {
    folder,
    environmentFolder(name) {
      const inner = join(folder, name);
      makePrivate(inner);
      // in a home that others can write, such as /tmp, it may be another user's
      if (isOtherUsers(inner, userId)) throw otherUsers(inner);
      return inner;
    },
  };
}

function conventionalHome(
  variables: NodeJS.ProcessEnv,
  platform: NodeJS.Platform,
  userFolder: string,
): string {
  if (platform === 'darwin') return join(userFolder, 'Library', 'Application Support', 'Varvel');
  if (platform === 'win32') {
    return join(variables.APPDATA || join(userFolder, 'AppData', 'Roaming'), 'Varvel');
  }
  // XDG specification: ignore a relative path.
  const data = variables.XDG_DATA_HOME;
  return join(data?.startsWith('/') ? data : join(userFolder, '.local', 'share'), 'varvel');
}

/** Whether a folder, or the nearest one above that is there, belongs to a user. */
function isOf(userId: number, folder: string): boolean {
  const owner = statSync(folder, { throwIfNoEntry: false })?.uid;
  if (owner !== undefined) return owner === userId;
  const above = dirname(folder);
  return above !== folder && isOf(userId, above);
}

function makePrivate(folder: string): void {
  try {
    makePrivateFolder(folder, () => holdsOnlyOurs(folder));
  } catch (error) {
    if (hasErrorCode(error, 'ENOTDIR', 'EEXIST')) throw notAFolder(folder);
    throw fileError(error, folder, 'keep');
  }
}

/** So that VARVEL_HOME=/tmp doesn't close /tmp. Only checked when others can open the folder. */
const holdsOnlyOurs = (folder: string): boolean =>
  readdirSync(folder, { withFileTypes: true }).every(
    (entry) =>
      ['environments', 'locks', 'sandbox-server', 'window'].includes(entry.name) ||
      entry.name.startsWith('state.db') ||
      (entry.isDirectory() && existsSync(join(folder, entry.name, 'state.db'))),
  );

const notAFolder = (folder: string) =>
  new VarvelError(
    'invalid',
    `Varvel can’t use ${folder}: it, or a part of its path, is not a folder.`,
    'Set VARVEL_HOME to a folder, or unset it.',
  );

const withSudo = (folder: string) =>
  new VarvelError(
    'invalid',
    `${folder} is in your own home. With sudo, Varvel would leave files of root’s there that you can’t change.`,
    'Run Varvel without sudo. For root’s own keys, set VARVEL_HOME to a folder of root’s.',
  );

const otherUsers = (folder: string) =>
  new VarvelError(
    'invalid',
    `${folder} belongs to another user, who could read and change Varvel’s data there.`,
    'Set VARVEL_HOME to your own folder, or unset it.',
  );
