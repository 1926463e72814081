import { createHash } from 'node:crypto';
import { lstat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';

/** Where an agent listens. */
export interface AgentAddress {
  /** A path, or on Windows a pipe's name. */
  socket: string;
  /** The private folder of the socket; null for a pipe. */
  folder: string | null;
}

/** sun_path has 108 bytes on Linux and 104 on macOS, including the final NUL. The agent needs some for a temporary name. */
const longestSocket = 85;

const nameInVault = 'agent';

/**
 * The agent's address for a vault: in the vault's folder, or if that path is too long for a socket, in
 * XDG_RUNTIME_DIR or the temporary folder.
 */
export function agentAddress(
  vault: string,
  runtime: string = process.env.XDG_RUNTIME_DIR || tmpdir(),
): AgentAddress {
  const name = createHash('sha256').update(resolve(vault)).digest('hex').slice(0, 16);
  if (process.platform === 'win32') return { socket: `\\\\.\\pipe\\varvel-${name}`, folder: null };
  const own = join(resolve(vault), nameInVault);
  const folder =
    Buffer.byteLength(join(own, 'socket')) <= longestSocket
      ? own
      : join(runtime, `varvel-${process.getuid?.()}-${name}`);
  return { socket: join(folder, 'socket'), folder };
}

/**
 * Whether nobody else could have put the socket there: the folder is ours, not a link, and closed to others. As root, in
 * another user's vault, it is that user's, as the vault is.
 */
export async function isPrivate(folder: string | null): Promise<boolean> {
  if (folder === null) return true;
  try {
    const found = await lstat(folder);
    const isOwner = found.uid === process.getuid?.() || (await isOfVaultForRoot(folder, found.uid));
    return found.isDirectory() && isOwner && (found.mode & 0o077) === 0;
  } catch {
    return false;
  }
}

/** Not for one in XDG_RUNTIME_DIR, which root may have from another user's session. */
const isOfVaultForRoot = async (folder: string, owner: number): Promise<boolean> =>
  process.getuid?.() === 0 &&
  basename(folder) === nameInVault &&
  owner === (await lstat(dirname(folder))).uid;
