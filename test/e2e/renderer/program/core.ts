import type { Face } from '../../../../bridge/face.ts';
import { createJobs } from '../../../../bridge/jobs.ts';
import { createSecretCopy } from '../../../../bridge/secret-copy.ts';
import { createServer } from '../../../../bridge/serve.ts';
import { sessionEvents } from '../../../../bridge/session.ts';
import type { EventName, EventPayload } from '../../../../contract/events.ts';
import type { Browser, SecretStore } from '../../../../core/ports.ts';
import { createSession } from '../../../../host/session.ts';
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
  const jobs = createJobs();
  const session = await createSession({
    face: name,
    env,
    listener: sessionEvents({ emit }),
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
    updates: null,
    shell: 'bash',
    quit: () => undefined,
  };
  const secretCopy = clipboard && createSecretCopy(clipboard, emit);
  return {
    session,
    call: createServer({ session, face, jobs, secretCopy }),
    async [Symbol.asyncDispose]() {
      jobs.cancelAll();
      await session.close();
    },
  };
}
