import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { connect, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * A program's standard input that has its whole text already, and its end. With a pipe that is filled after the start, a
 * program whose starter is killed in between takes nothing for its input. The text is in the kernel's memory only, and whoever
 * starts the program closes the socket.
 */
export async function filledInput(text: string): Promise<Socket> {
  // 0700; a socket's path has little room
  const parent = tmpdir().length < 60 && existsSync(tmpdir()) ? tmpdir() : '/tmp';
  const folder = await mkdtemp(join(parent, 'varvel-input-'));
  const server = createServer({ pauseOnConnect: true });
  try {
    const path = join(folder, 's');
    server.listen(path);
    await once(server, 'listening');
    const reader = Promise.withResolvers<Socket>();
    server.once('connection', reader.resolve);
    const writer = connect(path);
    writer.end(text);
    await once(writer, 'finish');
    writer.destroy();
    return await reader.promise;
  } finally {
    server.close();
    await rm(folder, { recursive: true, force: true });
  }
}
