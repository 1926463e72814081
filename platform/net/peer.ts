import { readFileSync } from 'node:fs';
import type { Server } from 'node:http';
import type { Socket } from 'node:net';
import { release } from 'node:os';

/** Linux's tables of connections; proc_net_tcp in its documentation. A program that speaks IPv6 to 127.0.0.1 is in the second. */
const tables = ['/proc/net/tcp', '/proc/net/tcp6'];

/** Where in a line of them the client's address, ours, the connection's state, and the client's user stand. */
const columns = { local: 1, remote: 2, state: 3, uid: 7, inode: 9 };

const established = '01';

/**
 * Closes what another user of this machine opens to a server on 127.0.0.1, before a byte of it is read. Only Linux tells whose
 * a connection is; elsewhere it does nothing.
 * @param refused called with the user's id
 */
export function refuseOtherUsers(server: Server, refused?: (uid: number) => void): void {
  const own = process.getuid?.();
  if (process.platform !== 'linux' || own === undefined) return;
  server.on('connection', (socket: Socket) => {
    const user = userOf(socket);
    // root can do whatever this user can, and forwards ports
    if (user === own || user === 0 || user === 'untold') return;
    socket.destroy();
    if (user !== 'gone') refused?.(user);
  });
}

/** The user at the other end: `gone` when it has closed already, `untold` when there is no way to know. */
function userOf({ remoteAddress, remotePort, localAddress, localPort }: Socket): number | 'gone' | 'untold' {
  const ends = { local: entry(remoteAddress, remotePort), remote: entry(localAddress, localPort) };
  try {
    // a table that changes while it is read may miss a line
    for (let tries = 0; tries < 3; tries += 1) {
      const lines = tables.flatMap((path) => readFileSync(path, 'utf8').split('\n'));
      for (const line of lines) {
        const fields = line.trim().split(/\s+/);
        if (!fields[columns.local]?.endsWith(ends.local) || !fields[columns.remote]?.endsWith(ends.remote))
          continue;
        // of one that its owner has closed, Linux keeps no owner, and says 0
        const isOpen = fields[columns.state] === established && fields[columns.inode] !== '0';
        return isOpen ? Number(fields[columns.uid]) : 'gone';
      }
    }
  } catch {
    return 'untold';
  }
  // Windows' own browsers reach a Linux on it past its table
  return /microsoft/i.test(release()) ? 'untold' : 'gone';
}

/** An IPv4 address and a port, as the tables write them: the address in the machine's (little-endian) order. */
function entry(address = '', port = 0): string {
  const bytes = address.replace(/^::ffff:/, '').split('.');
  const hex = (number: number, digits: number) => number.toString(16).toUpperCase().padStart(digits, '0');
  return `${bytes
    .toReversed()
    .map((byte) => hex(Number(byte), 2))
    .join('')}:${hex(port, 4)}`;
}
