// The program's entry: answers what must be fast, and loads the rest when it is called.
import { writeSync } from 'node:fs';
import { version } from '../host/version.ts';
import { compileCacheFolder } from '../platform/places/compile-cache-folder.ts';
import { ignoreDebuggerSignal } from '../platform/process/debugger-signal.ts';
import { keepOwnersRights } from '../platform/process/owners-rights.ts';
import { searchPathOnly } from '../platform/process/windows-search.ts';
import { agentWord, keychainWord } from '../platform/vault/helper-words.ts';
import { useCompileCache } from './compile-cache.ts';

searchPathOnly();
keepOwnersRights();
ignoreDebuggerSignal();
const words = process.argv.slice(2);
if (words[0] === '--version' || words[0] === '-V') {
  try {
    writeSync(1, `${version}\n`);
  } catch {
    // a full disk, or nobody who reads
    process.exitCode = 1;
  }
} else {
  useCompileCache(compileCacheFolder(import.meta.dirname));
  if (words[0] === agentWord) {
    void import('../platform/vault/agent/agent-server.ts').then(({ serveAgent }) => serveAgent());
  } else if (words[0] === keychainWord) {
    void Promise.all([
      import('../platform/vault/keychain-helper/serve.ts'),
      import('../platform/vault/keychain.ts'),
    ]).then(([{ serveKeychain }, { loadKeytar }]) => serveKeychain(loadKeytar));
  } else {
    void import('./framework/dispatch.ts').then(({ dispatch }) => dispatch(words));
  }
}
