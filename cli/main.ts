// The program's entry: what must be fast is answered here, the rest is loaded when it is called.
import { writeSync } from 'node:fs';
import { enableCompileCache } from 'node:module';
import { join } from 'node:path';
import { version } from '../host/version.ts';
import { agentWord } from './commands/vault/agent-word.ts';

const words = process.argv.slice(2);
if (words[0] === '--version' || words[0] === '-V') {
  writeSync(1, `${version}\n`);
} else {
  // beside the program, where only who may change the program can write; without effect where that is nobody
  enableCompileCache(join(import.meta.dirname, 'compile-cache'));
  if (words[0] === agentWord) {
    void import('../platform/vault/agent-server.ts').then(({ serveAgent }) => serveAgent());
  } else {
    void import('./framework/dispatch.ts').then(({ dispatch }) => dispatch(words));
  }
}
