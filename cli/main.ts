// The program's entry: what must be fast is answered here, the rest is loaded when it is called.
import { agentWord } from './agent-word.ts';
import { version } from './version.ts';

const words = process.argv.slice(2);
if (words[0] === '--version' || words[0] === '-V') {
  process.stdout.write(`${version}\n`);
} else if (words[0] === agentWord) {
  const { serveAgent } = await import('../platform/vault/agent-server.ts');
  await serveAgent();
} else {
  const { dispatch } = await import('./dispatch.ts');
  await dispatch(words);
}
