import { existsSync, readdirSync, realpathSync } from 'node:fs';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { VarvelError } from '../../core/model/error.ts';
import { hasErrorCode } from './error-code.ts';
import { fileError } from './file-error.ts';
import { isAnothers, makePrivateFolder } from './private-folder.ts';

/** Where Varvel keeps what it knows on this machine. */
export interface Home {
  /** Absolute path, without links in it. */
  folder: string;
  /**
   * The folder of one environment, made 0700 when it is not there.
   * @throws VarvelError `storage_*`
   */
  environmentFolder(name: string): string;
}

export interface HomeOptions {
  /** The process's variables: VARVEL_HOME, XDG_DATA_HOME, APPDATA are read. */
  variables?: NodeJS.ProcessEnv;
  platform?: NodeJS.Platform;
  /** The user's own folder. */
  userFolder?: string;
  /** This process's user, by its number. */
  userId?: number | undefined;
}

/**
 * Finds Varvel's folder and makes it, 0700 under any umask. A folder of ours that is open to others is closed
 * again; a folder that also holds other things keeps its mode (the environment folders in it are 0700).
 * @throws VarvelError `invalid` when it is not a folder or another user's, `storage_*` when it can't be made
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
  makePrivate(named);
  // the keychain knows a home by its path (see keychainService), so that one home must not have two
  const folder = realpathSync(named);
  if (isAnothers(folder, userId)) throw anothers(folder);
  return {
    folder,
    environmentFolder(name) {
      const inner = join(folder, name);
      makePrivate(inner);
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
  // The XDG specification: a relative path is to be ignored.
  const data = variables.XDG_DATA_HOME;
  return join(data?.startsWith('/') ? data : join(userFolder, '.local', 'share'), 'varvel');
}

function makePrivate(folder: string): void {
  try {
    makePrivateFolder(folder, () => holdsOnlyOurs(folder));
  } catch (error) {
    if (hasErrorCode(error, 'ENOTDIR', 'EEXIST')) throw notAFolder(folder);
    throw fileError(error, folder, 'keep');
  }
}

/** So that VARVEL_HOME=/tmp doesn't close /tmp. Read only when a folder is open to others. */
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
    `${folder} can't be Varvel's folder: it, or a part of its path, is not a folder.`,
    'Set VARVEL_HOME to a folder, or unset it.',
  );

const anothers = (folder: string) =>
  new VarvelError(
    'invalid',
    `${folder} belongs to another user of this machine, who could read and change what Varvel keeps there.`,
    'Set VARVEL_HOME to a folder of yours, or unset it.',
  );
