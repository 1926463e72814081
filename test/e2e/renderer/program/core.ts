import type { EventName, EventPayload } from '../../../../contract/events.ts';
import type { Browser, SecretStore } from '../../../../core/ports.ts';
import type { Face } from '../../../../host/face.ts';
import { createSecretCopy } from '../../../../host/secret-copy.ts';
import { createServer } from '../../../../host/serve.ts';
import { createSession } from '../../../../host/session.ts';
import { createWorks } from '../../../../host/works.ts';
import { createMemoryClipboard } from '../../../fakes/memory-clipboard.ts';

export interface CoreOptions {
  env: NodeJS.ProcessEnv;
  face: Face['name'];
  emit<Name extends EventName>(event: Name, payload: EventPayload<Name>): void;
  browser: Browser;
  /** Instead of the vault that `env` names. */
  secrets?: SecretStore | undefined;
  /** What the person chooses in the system's dialog for a path; null closes it. */
  chosenPath?: string | null;
}

/** The program without a window: a core on this machine, its bridge served as for that face. */
export async function startCore({ env, face: name, emit, browser, secrets, chosenPath = null }: CoreOptions) {
  const works = createWorks();
  const session = await createSession({
    env,
    face: { emit },
    browser: () => browser,
    ...(secrets && { secrets }),
  });
  const clipboard = name === 'desktop' ? createMemoryClipboard() : null;
  let startsAtLogin = false;
  const startAtLogin = {
    read: () => startsAtLogin,
    change: (on: boolean) => {
      startsAtLogin = on;
    },
  };
  const face: Face = {
    name,
    emit,
    openPage: (url) => browser.open(url),
    choosePath: name === 'desktop' ? async () => chosenPath : null,
    clipboard,
    startAtLogin: name === 'desktop' ? startAtLogin : null,
    shell: 'bash',
    quit: () => undefined,
  };
  const secretCopy = clipboard && createSecretCopy(clipboard);
  return {
    session,
    call: createServer({ session, face, works, secretCopy }),
    async [Symbol.asyncDispose]() {
      works.cancelAll();
      await session.close();
    },
  };
}
