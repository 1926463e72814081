import { readFileSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';
import { join } from 'node:path';

/** The world that the preload runs in: a real isolated world of Chromium's, under a name of its own. */
export const isolatedWorld = 'Electron Isolated Context';
/** Only the isolated world has it. */
export const bindingName = '__standInSend';

const file = (name: string): string => readFileSync(join(import.meta.dirname, name), 'utf8');

/** The text of createWire, for a page. */
const wire = `const { write, read } = (${functionText('wire.ts', 'createWire')})();`;

function functionText(path: string, name: string): string {
  const text = stripTypeScriptTypes(file(path));
  return text.slice(text.indexOf(`function ${name}`));
}

const mainFrameOnly = (body: string): string => `if (window.top === window) { (() => { ${body} })(); }`;

/**
 * The two ends of the context bridge: strings go between the worlds as the details of DOM events, whose name only
 * the two know.
 */
export function pageScripts({ token, preload }: { token: string; preload: string }): {
  main: string;
  isolated: string;
} {
  const bridge = file('page-context-bridge.js');
  const ends = (from: string, to: string): string =>
    `const token = ${JSON.stringify(token)}; const from = '${from}'; const to = '${to}'; ${wire} ${bridge}`;
  return {
    main: mainFrameOnly(`${ends('main', 'isolated')} ${file('page-main-world.js')}`),
    isolated: mainFrameOnly(
      `const binding = globalThis[${JSON.stringify(bindingName)}]; delete globalThis[${JSON.stringify(bindingName)}];
       ${ends('isolated', 'main')} ${file('page-isolated-world.js')}
       ((require, module, exports, process, Buffer, global) => { ${preload}\n})(requireInPreload, { exports: {} }, {}, undefined, undefined, undefined);`,
    ),
  };
}
