/** What a root runs for its hidden word. */
import { serveAgent } from '../../../platform/vault/agent/agent-server.ts';

await serveAgent();
