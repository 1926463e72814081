import { createBrowserAccess } from '../../../../web/browser-access.ts';
import { originOf } from '../../../../web/gate.ts';
import { createHttpServer, type HttpServerOptions } from '../../../../web/http-server.ts';
import { readWindowFiles } from '../../../../web/window-files.ts';

/** The built window over loopback, served as by the web view. */
export interface PageServer extends AsyncDisposable {
  /** Lets one browser in, once. */
  newLink(): string;
}

export async function servePages(
  rendererFolder: string,
  parts: Pick<HttpServerOptions, 'call' | 'theme' | 'windows'>,
): Promise<PageServer> {
  const access = createBrowserAccess();
  const files = readWindowFiles({ renderer: rendererFolder, web: `${rendererFolder}/../web` });
  const ignore = () => undefined;
  const http = await createHttpServer({ ...parts, access, files, onAnswered: ignore, onOtherUser: ignore });
  const origin = originOf(await http.listen(0));
  return {
    newLink: () => `${origin}/open/${access.newToken()}`,
    [Symbol.asyncDispose]: () => http.close(),
  };
}
