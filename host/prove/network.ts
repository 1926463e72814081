import { once } from 'node:events';
import { createServer } from 'node:http';
import { VarvelError } from '../../core/model/error.ts';
import { createHttp } from '../../platform/net/http.ts';
import { version } from '../version.ts';
import { holds } from './bench.ts';
import { randomKey } from './secrets.ts';

const redirects = [301, 302, 303, 307, 308];

/** A server of our own that sends requests on to another one. Nothing leaves this machine. */
export async function proveNetwork(): Promise<string> {
  let reached = 0;
  const { server: other, port } = await listening(() => {
    reached += 1;
    return { status: 200 };
  });
  let asked = 0;
  const first = await listening(() => {
    const status = redirects[asked++ % redirects.length] ?? 302;
    return { status, location: `http://127.0.0.1:${port}/` };
  });
  try {
    const http = createHttp({ version });
    for (const status of redirects) {
      const headers = { Authorization: `Key ${randomKey()}` };
      const code = await http.fetch(`http://127.0.0.1:${first.port}/`, { headers }).then(
        () => null,
        (error: unknown) => (error instanceof VarvelError ? error.code : 'unexpected'),
      );
      holds(code === 'refused', `A redirect (${status}) was not refused.`);
    }
    holds(asked === redirects.length && reached === 0, 'A redirect was followed with the key.');
    return `${redirects.length} redirects to another server, which was asked ${reached} times`;
  } finally {
    for (const server of [first.server, other]) {
      server.closeAllConnections();
      server.close();
    }
  }
}

async function listening(answer: () => { status: number; location?: string }) {
  const server = createServer((_request, response) => {
    const { status, location } = answer();
    response.writeHead(status, location === undefined ? {} : { Location: location }).end();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  return { server, port: typeof address === 'object' && address ? address.port : 0 };
}
