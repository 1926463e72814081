import { createServer, type Server } from 'node:net';

const host = '127.0.0.1';

/**
 * Finds a port of 127.0.0.1 to listen on: the first of those preferred that is free, else any.
 * Whoever asks must still be ready to find it taken.
 */
export const freePort = async (preferred: readonly number[]): Promise<number> => {
  for (const port of [...preferred, 0]) {
    const found = await new Promise<number | undefined>((resolve) => {
      const probe = createServer();
      probe.once('error', () => resolve(undefined));
      probe.listen({ port, host, exclusive: true }, () => {
        const address = probe.address();
        probe.close(() => resolve(typeof address === 'object' ? address?.port : undefined));
      });
    });
    if (found !== undefined) return found;
  }
  throw new Error('There is no free port on 127.0.0.1');
};

/** Listens on 127.0.0.1 and nowhere else. @throws Error when the port is taken */
export const listen = (server: Server, port: number): Promise<void> =>
  new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen({ port, host, exclusive: true }, () => {
      server.off('error', reject);
      resolve();
    });
  });
