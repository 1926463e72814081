import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Face } from '../bridge/face.ts';
import { createJobs } from '../bridge/jobs.ts';
import { createServer } from '../bridge/serve.ts';
import { sessionEvents } from '../bridge/session.ts';
import { VarvelError } from '../core/model/error.ts';
import { allowedLink } from '../core/model/fal/links.ts';
import type { Hint } from '../core/model/hint.ts';
import type { Browser } from '../core/ports.ts';
import { ownShell } from '../core/shells/shells.ts';
import { createSession } from '../host/session.ts';
import { codeOf } from '../platform/files/error-code.ts';
import { createBrowser } from '../platform/process/browser.ts';
import { createBrowserAccess } from './browser-access.ts';
import { originOf } from './gate.ts';
import { createHttpServer } from './http-server.ts';
import { readWindowFiles } from './window-files.ts';
import { createWindows } from './windows.ts';

export interface WebOptions {
  env: NodeJS.ProcessEnv;
  /** Any free port when omitted. */
  port?: number;
  /** The folder of the built window. The bridge script is in the folder `web` beside it. */
  rendererFolder: string;
  /** False never opens a browser on this machine. The window shows links instead. */
  openBrowser?: boolean;
  /** Called with the notices that windows show, for the terminal. */
  onNotice?: (sentence: string, hint: Hint) => void;
  /** Called when a window has asked to quit, and has its answer. */
  onQuit(): void;
}

export interface WebView {
  /** The one-time link. */
  url: string;
  /** Returns a new one-time link. The one before it stops working. */
  newLink(): string;
  /** Waits briefly for calls in progress, then stops. */
  close(): Promise<void>;
}

/** How long closing waits for calls in progress, in milliseconds: one may be storing a key. */
const closeTimeoutMs = 3000;

const noBrowser: Browser = { open: async () => false };

/**
 * Serves the window on 127.0.0.1, to browsers that opened a one-time link.
 * @throws VarvelError `conflict` for a port in use, `not_found` when the window isn't built, `state_*`, `invalid`
 */
export async function serveWeb(options: WebOptions): Promise<WebView> {
  const { env, port = 0, rendererFolder, openBrowser = true, onQuit, onNotice } = options;
  const files = readWindowFiles({ renderer: rendererFolder, web: join(rendererFolder, '..', 'web') });
  const windows = createWindows();
  const access = createBrowserAccess();
  const jobs = createJobs();
  let quitRequested = false;
  const refusedUsers = new Set<number>();

  const session = await createSession({
    face: 'web',
    env,
    listener: sessionEvents(windows, onNotice),
    ...(!openBrowser && { browser: () => noBrowser }),
  });
  const face: Face = {
    name: 'web',
    emit: windows.emit,
    async openPage(url) {
      if (!openBrowser) return false;
      const link = allowedLink(url, session.varvel().environment);
      if (link === null) return false;
      return createBrowser({ allowedHosts: [new URL(link).host], variables: env }).open(link);
    },
    // this machine's clipboard may not be the browser's
    clipboard: null,
    // and neither may its screen
    choosePath: null,
    startAtLogin: null,
    updates: null,
    shell: ownShell(env.SHELL, process.platform),
    quit: () => {
      quitRequested = true;
    },
  };

  const handle = createServer({ session, face, jobs, secretCopy: null });
  const pendingCalls = new Set<Promise<unknown>>();
  const http = await createHttpServer({
    access,
    files,
    windows,
    theme: () => {
      try {
        return session.varvel().settings.read().theme;
      } catch {
        // the page itself reports what is wrong with the state
        return 'system';
      }
    },
    call: (name, input) => {
      const answer = handle(name, input);
      pendingCalls.add(answer);
      return answer.finally(() => pendingCalls.delete(answer));
    },
    onAnswered: () => {
      if (quitRequested) onQuit();
    },
    onOtherUser(uid) {
      if (refusedUsers.has(uid)) return;
      refusedUsers.add(uid);
      onNotice?.(`Refused another user of this machine (user id ${uid}), who tried to open this window.`, {
        action: 'none',
      });
    },
  });

  try {
    const origin = originOf(await http.listen(port));
    const newLink = () => `${origin}/open/${access.newToken()}`;
    return {
      url: newLink(),
      newLink,
      async close() {
        jobs.cancelAll();
        await http.close();
        await Promise.race([
          Promise.allSettled(pendingCalls),
          sleep(closeTimeoutMs, undefined, { ref: false }),
        ]);
        await session.close();
      },
    };
  } catch (error) {
    await http.close();
    await session.close();
    throw portError(error, port);
  }
}

function portError(error: unknown, port: number): unknown {
  if (codeOf(error) === 'EADDRINUSE') {
    return new VarvelError(
      'conflict',
      `Port ${port} on 127.0.0.1 is in use.`,
      'Choose another with --port, or omit it to use any free port.',
      { cause: error },
    );
  }
  if (codeOf(error) === 'EACCES') {
    return new VarvelError(
      'invalid',
      `Port ${port} is reserved by the system.`,
      'Choose a port above 1023 with --port.',
      {
        cause: error,
      },
    );
  }
  return error;
}
