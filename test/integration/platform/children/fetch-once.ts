/** Asks a URL over one of the two protocols, says how it went, and what a child process finds in the variable. */
import { execFileSync } from 'node:child_process';
import { ConnectError, createClient } from '@connectrpc/connect';
import { IsolateController } from '../../../../core/fal/gen/isolate_controller_pb.js';
import { createHttp } from '../../../../platform/net/http.ts';
import { say, sayFailure } from './say.ts';

const [protocol = '', url = ''] = process.argv.slice(2);
const http = createHttp({ version: '1.2.3' });
await sayFailure(async () => {
  if (protocol === 'http') {
    say(`answered ${(await http.fetch(url, {})).status}`);
    return;
  }
  const client = createClient(IsolateController, await http.grpc(url));
  await client.listUserKeys({}).catch((error: unknown) => {
    throw error instanceof ConnectError ? error.cause : error;
  });
  say('listed');
});
const child = 'process.stdout.write(String(process.env.NODE_TLS_REJECT_UNAUTHORIZED))';
say(`child ${execFileSync(process.execPath, ['-e', child], { encoding: 'utf8' })}`);
