import { readdirSync, readFileSync } from 'node:fs';
import { extname, join, relative, sep } from 'node:path';
import { windowFileTypes } from '../contract/window-page.ts';
import { VarvelError } from '../core/model/error.ts';
import { codeOf } from '../platform/files/error-code.ts';

export interface WindowFile {
  type: string;
  bytes: Buffer;
}

/** The browser's counterpart of preload; see client.ts. */
export const bridgeScriptPath = '/web-bridge.js';

const notBuilt = (cause: unknown) =>
  new VarvelError(
    'not_found',
    'The window’s files are missing from this installation.',
    'Install Varvel again. In a checkout, run `npm run build`.',
    { cause },
  );

/**
 * Reads the window's files once. Requests are served from this list by exact path, so none reaches the file system. The
 * served HTML loads the bridge before its own scripts.
 * @param folders the built renderer, and the folder of the built bridge script
 * @throws VarvelError `not_found` when one of them isn't built
 */
export function readWindowFiles(folders: { renderer: string; web: string }): Map<string, WindowFile> {
  const files = new Map<string, WindowFile>();
  try {
    for (const entry of readdirSync(folders.renderer, { recursive: true, withFileTypes: true })) {
      const type = windowFileTypes[extname(entry.name)];
      if (!entry.isFile() || type === undefined) continue;
      const path = join(entry.parentPath, entry.name);
      files.set(`/${relative(folders.renderer, path).split(sep).join('/')}`, {
        type,
        bytes: readFileSync(path),
      });
    }
    files.set(bridgeScriptPath, {
      type: 'text/javascript; charset=utf-8',
      bytes: readFileSync(join(folders.web, bridgeScriptPath)),
    });
  } catch (error) {
    if (codeOf(error) === 'ENOENT' || codeOf(error) === 'ENOTDIR') throw notBuilt(error);
    throw error;
  }
  const index = files.get('/index.html');
  if (!index) throw notBuilt(null);
  files.delete('/index.html');
  files.set('/', { ...index, bytes: Buffer.from(withBridge(index.bytes.toString('utf8'))) });
  return files;
}

/** Adds the bridge as a classic script, which runs before modules. */
export function withBridge(html: string): string {
  const tag = `<script src="${bridgeScriptPath}"></script>`;
  const before = html.search(/<script\b/i);
  const at = before >= 0 ? before : html.search(/<\/head>/i);
  return at < 0 ? tag + html : `${html.slice(0, at)}${tag}\n${html.slice(at)}`;
}
