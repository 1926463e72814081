import { createEntrance } from '../../../../web/entrance.ts';
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
  const entrance = createEntrance();
  const files = readWindowFiles({ renderer: rendererFolder, web: `${rendererFolder}/../web` });
  const http = await createHttpServer({ ...parts, entrance, files, onAnswered: () => undefined });
  const origin = originOf(await http.listen(0));
  return {
    newLink: () => `${origin}/open/${entrance.newToken()}`,
    [Symbol.asyncDispose]: () => http.close(),
  };
}
