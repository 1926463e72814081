import { readFile } from 'node:fs/promises';
import type { Server } from 'node:http';
import type { Socket } from 'node:net';
import { release } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { hasErrorCode } from '../files/error-code.ts';

/** Linux's tables of connections; proc_net_tcp in its documentation. A program that speaks IPv6 to 127.0.0.1 is in the second. */
const linuxTables = { v4: '/proc/net/tcp', v6: '/proc/net/tcp6' };

/** Where in a line of them the client's address, ours, the connection's state, and the client's user stand. */
const columns = { local: 1, remote: 2, state: 3, uid: 7, inode: 9 };

const established = '01';

/** The longest that the tables aren't read again, in milliseconds: otherwise as long as reading them took. */
const longestRestMs = 50;

/** A table that changes while it is read may miss a line: how often it is read for a connection. */
const mostReads = 3;

/** The user at the other end: `gone` when it has closed already, `untold` when there is no way to know. */
type User = number | 'gone' | 'untold';

/**
 * Closes what another user of this machine opens to a server on 127.0.0.1, before any of it is parsed. Only Linux tells whose
 * a connection is; elsewhere it does nothing. Connections wait for one reading of Linux's tables together: with one reading
 * each, a flood of them would stop the server. Call it before anything else listens to the server's connections.
 * @param refused called with the user's id
 * @param readTables the lines of Linux's tables
 */
export function refuseOtherUsers(
  server: Server,
  refused?: (uid: number) => void,
  readTables: () => Promise<string[]> = connectionLines,
): void {
  const own = process.getuid?.();
  if (process.platform !== 'linux' || own === undefined) return;
  const serving = server.listeners('connection');
  let waiting: Socket[] = [];
  let isChecking = false;

  server.removeAllListeners('connection');
  server.on('connection', (socket: Socket) => {
    // what fails before it is served has no other listener
    socket.on('error', ignore);
    waiting.push(socket);
    if (!isChecking) void checkAll();
  });

  async function checkAll(): Promise<void> {
    isChecking = true;
    while (waiting.length > 0) {
      const arrived = waiting;
      waiting = [];
      const began = performance.now();
      const users = await usersOf(arrived, readTables);
      for (const socket of arrived) letIn(socket, users.get(socket) ?? 'gone');
      await sleep(Math.min(performance.now() - began, longestRestMs));
    }
    isChecking = false;
  }

  function letIn(socket: Socket, user: User): void {
    // root can do whatever this user can, and forwards ports
    const isWelcome = user === own || user === 0 || user === 'untold';
    if (isWelcome && server.listening && !socket.destroyed) {
      socket.off('error', ignore);
      for (const serve of serving) Reflect.apply(serve, server, [socket]);
      return;
    }
    // a plain close would leave a line in the table for a minute, and a flood would make that long
    socket.resetAndDestroy();
    if (!isWelcome && user !== 'gone') refused?.(user);
  }
}

const ignore = (): void => undefined;

/** Who is at the other end of connections. */
async function usersOf(sockets: Socket[], readTables: () => Promise<string[]>): Promise<Map<Socket, User>> {
  const users = new Map<Socket, User>();
  let unknown = new Map(sockets.map((socket) => [endsOf(socket), socket]));
  try {
    for (let reads = 0; reads < mostReads && unknown.size > 0; reads += 1) {
      for (const line of await readTables()) {
        const fields = line.trim().split(/\s+/);
        const socket = unknown.get(`${lastPart(fields[columns.local])} ${lastPart(fields[columns.remote])}`);
        if (!socket) continue;
        // of one that its owner has closed, Linux keeps no owner, and says 0
        const isOpen = fields[columns.state] === established && fields[columns.inode] !== '0';
        users.set(socket, isOpen ? Number(fields[columns.uid]) : 'gone');
      }
      unknown = new Map([...unknown].filter(([, socket]) => !users.has(socket) && !socket.destroyed));
    }
  } catch (error) {
    // whatever else fails, too many open files above all, may be what a flood is for
    if (hasErrorCode(error, 'ENOENT', 'EACCES'))
      for (const socket of unknown.values()) users.set(socket, 'untold');
  }
  // Windows' own browsers reach a Linux on it past its table
  if (/microsoft/i.test(release())) for (const socket of unknown.values()) users.set(socket, 'untold');
  return users;
}

/** The lines of both tables. */
export async function connectionLines(tables = linuxTables): Promise<string[]> {
  const [v4, v6] = await Promise.all([
    readFile(tables.v4, 'latin1'),
    readFile(tables.v6, 'latin1').catch(noV6),
  ]);
  return [...v4.split('\n'), ...v6.split('\n')];
}

/** A Linux without IPv6 has no table of it. */
function noV6(error: unknown): string {
  if (hasErrorCode(error, 'ENOENT')) return '';
  throw error;
}

/** An end as both tables write it in the end: the second writes an IPv4 address as the last part of an IPv6 one. */
const lastPart = (end = ''): string => end.slice(-13);

/** The ends of a connection, as the tables write the client's: its own address first. */
const endsOf = ({ remoteAddress, remotePort, localAddress, localPort }: Socket): string =>
  `${entry(remoteAddress, remotePort)} ${entry(localAddress, localPort)}`;

/** An IPv4 address and a port, as the tables write them: the address in the machine's (little-endian) order. */
function entry(address = '', port = 0): string {
  const bytes = address.replace(/^::ffff:/, '').split('.');
  const hex = (number: number, digits: number) => number.toString(16).toUpperCase().padStart(digits, '0');
  return `${bytes
    .toReversed()
    .map((byte) => hex(Number(byte), 2))
    .join('')}:${hex(port, 4)}`;
}
