// The program's entry: answers what must be fast, and loads the rest when it is called.
import { writeSync } from 'node:fs';
import { join } from 'node:path';
import { version } from '../host/version.ts';
import { agentWord } from './commands/vault/agent-word.ts';
import { useCompileCache } from './compile-cache.ts';

const words = process.argv.slice(2);
if (words[0] === '--version' || words[0] === '-V') {
  writeSync(1, `${version}\n`);
} else {
  useCompileCache(join(import.meta.dirname, 'compile-cache'));
  if (words[0] === agentWord) {
    void import('../platform/vault/agent/agent-server.ts').then(({ serveAgent }) => serveAgent());
  } else {
    void import('./framework/dispatch.ts').then(({ dispatch }) => dispatch(words));
  }
}
