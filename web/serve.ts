import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Face } from '../bridge/face.ts';
import { createJobs } from '../bridge/jobs.ts';
import { createServer } from '../bridge/serve.ts';
import { sessionEvents } from '../bridge/session.ts';
import { VarvelError } from '../core/model/error.ts';
import type { Hint } from '../core/model/hint.ts';
import { allowedLink } from '../core/model/links.ts';
import type { Browser } from '../core/ports.ts';
import { ownShell } from '../core/shells/shells.ts';
import { createSession } from '../host/session.ts';
import { codeOf } from '../platform/files/error-code.ts';
import { createBrowser } from '../platform/process/browser.ts';
import { createEntrance } from './entrance.ts';
import { originOf } from './gate.ts';
import { createHttpServer } from './http-server.ts';
import { readWindowFiles } from './window-files.ts';
import { createWindows } from './windows.ts';

export interface WebOptions {
  env: NodeJS.ProcessEnv;
  /** Any free one when not given. */
  port?: number;
  /** The built window; the bridge script stands in the folder `web` beside it. */
  rendererFolder: string;
  /** False never opens a browser on this machine: the window shows addresses instead. */
  openBrowser?: boolean;
  /** Told what the windows are told as well, for the terminal. */
  onNotice?: (sentence: string, hint: Hint) => void;
  /** A window has asked the program to end, and has its answer. */
  onQuit(): void;
}

export interface WebView {
  /** The one-time link. */
  url: string;
  /** A new one-time link; the one before it is no longer good. */
  newLink(): string;
  /** Lets what is being stored come to its end, for a moment. */
  close(): Promise<void>;
}

/** How long calls under way are waited for at the end, in milliseconds: one may be storing a key. */
const patienceMs = 3000;

const noBrowser: Browser = { open: async () => false };

/**
 * Serves the window on 127.0.0.1, to browsers that were given a one-time link.
 * @throws VarvelError `conflict` for a port in use, `not_found` when the window isn't built, `state_*`, `invalid`
 */
export async function serveWeb(options: WebOptions): Promise<WebView> {
  const { env, port = 0, rendererFolder, openBrowser = true, onQuit, onNotice } = options;
  const files = readWindowFiles({ renderer: rendererFolder, web: join(rendererFolder, '..', 'web') });
  const windows = createWindows();
  const entrance = createEntrance();
  const jobs = createJobs();
  let asksToQuit = false;

  const session = await createSession({
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
    // the clipboard that this process could reach is not the browser's
    clipboard: null,
    // nor is its screen
    choosePath: null,
    startAtLogin: null,
    shell: ownShell(env.SHELL, process.platform),
    quit: () => {
      asksToQuit = true;
    },
  };

  const handle = createServer({ session, face, jobs, secretCopy: null });
  const underWay = new Set<Promise<unknown>>();
  const http = await createHttpServer({
    entrance,
    files,
    windows,
    theme: () => {
      try {
        return session.varvel().settings.read().theme;
      } catch {
        // what is wrong with the state is told by the page itself
        return 'system';
      }
    },
    call: (name, input) => {
      const answer = handle(name, input);
      underWay.add(answer);
      return answer.finally(() => underWay.delete(answer));
    },
    onAnswered: () => {
      if (asksToQuit) onQuit();
    },
  });

  try {
    const origin = originOf(await http.listen(port));
    const newLink = () => `${origin}/open/${entrance.newToken()}`;
    return {
      url: newLink(),
      newLink,
      async close() {
        jobs.cancelAll();
        await http.close();
        await Promise.race([Promise.allSettled(underWay), sleep(patienceMs, undefined, { ref: false })]);
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
      'Give another with --port, or leave it out to take any free one.',
      { cause: error },
    );
  }
  if (codeOf(error) === 'EACCES') {
    return new VarvelError('invalid', `Port ${port} may not be used.`, 'Give one above 1023 with --port.', {
      cause: error,
    });
  }
  return error;
}
