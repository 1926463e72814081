import { createServer, type Server } from 'node:net';

const host = '127.0.0.1';

/**
 * Finds a free port on 127.0.0.1: the first preferred one, or any.
 * It may still be taken before the caller listens on it.
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
  throw new Error('No free port on 127.0.0.1.');
};

/** Listens only on 127.0.0.1. @throws Error when the port is taken */
export const listen = (server: Server, port: number): Promise<void> =>
  new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen({ port, host, exclusive: true }, () => {
      server.off('error', reject);
      resolve();
    });
  });
