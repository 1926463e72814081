import { lstatSync, renameSync, unlinkSync } from 'node:fs';
import { createServer, type Socket } from 'node:net';
import { ownerBesideRoot } from '../../files/folder-owner.ts';
import { type Held, isHeld } from './agent.ts';
import type { AgentAddress } from './agent-address.ts';

/** How often the agent checks whether its time is up or its socket is gone. */
const watchMs = 1000;
const longestRequest = 64;

/**
 * The agent's program: reads an unlocked identity from stdin, confirms on stdout, and gives it to everyone who can open
 * its socket, until its time is up, it is told to end, or the socket is removed. Never returns.
 */
export async function serveAgent(): Promise<never> {
  const { address, held } = await readOrder();
  const heldForMs = held.expiresAt - Date.now();
  const begun = performance.now();
  // First under a temporary name: the rename then replaces what a dead agent left, and can't fail half-way.
  const first = address.folder === null ? address.socket : `${address.socket}.${process.pid}`;

  const end = (code: number): never => {
    if (inode !== null && inodeOf(address.socket) === inode) unlinkSync(address.socket);
    process.exit(code);
  };
  let inode: number | null = null;
  const isOver = () => performance.now() - begun >= heldForMs || Date.now() >= held.expiresAt;

  const answer = (socket: Socket) => {
    let request = '';
    socket.setEncoding('utf8');
    socket.setTimeout(watchMs, () => socket.destroy());
    socket.on('error', () => socket.destroy());
    socket.on('data', (chunk: string) => {
      request += chunk;
      if (isOver()) end(0);
      if (request === 'identity\n') socket.end(`${JSON.stringify(held)}\n`);
      else if (request === 'end\n') socket.end('ended\n', () => end(0));
      else if (request.length > longestRequest || request.includes('\n')) socket.destroy();
    });
  };

  if (address.folder !== null) becomeOwnerOf(address.folder);
  // a socket can't be opened to change its mode, and a chmod by name follows a link: so it is created 0600
  process.umask(0o177);
  const server = createServer(answer);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(first, resolve);
  });
  if (address.folder !== null) {
    renameSync(first, address.socket);
    inode = inodeOf(address.socket);
  }
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, () => end(0));
  process.title = 'varvel-agent';
  process.stdout.on('error', () => undefined);
  process.stdout.end('listening\n');

  return new Promise(() => {
    setTimeout(() => end(0), Math.min(heldForMs, 2 ** 31 - 1));
    setInterval(() => {
      if (isOver() || (inode !== null && inodeOf(address.socket) !== inode)) end(0);
    }, watchMs);
  });
}

/** In another user's vault, root's agent is that user's: so is its socket, and they can ask and end it. */
function becomeOwnerOf(folder: string): void {
  const owner = ownerBesideRoot(folder);
  if (owner === null) return;
  try {
    process.setgroups?.([]);
    process.setgid?.(owner.gid);
    process.setuid?.(owner.uid);
  } catch {
    // a root that may not: then only root can ask it
  }
}

async function readOrder(): Promise<{ address: AgentAddress; held: Held }> {
  process.stdin.setEncoding('utf8');
  let text = '';
  for await (const chunk of process.stdin) text += chunk;
  const value: unknown = JSON.parse(text);
  if (typeof value === 'object' && value !== null && 'address' in value && 'held' in value) {
    const { address, held } = value;
    if (isAddress(address) && isHeld(held)) return { address, held };
  }
  throw new Error('Run `varvel vault unlock` to start the agent.');
}

const isAddress = (value: unknown): value is AgentAddress =>
  typeof value === 'object' &&
  value !== null &&
  'socket' in value &&
  typeof value.socket === 'string' &&
  'folder' in value &&
  (value.folder === null || typeof value.folder === 'string');

function inodeOf(path: string): number | null {
  try {
    return lstatSync(path).ino;
  } catch {
    return null;
  }
}
