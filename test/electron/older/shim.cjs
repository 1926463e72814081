// For the tests only: what Electron 33 (Node 20, Chromium 130) lacks of Electron 45, for which Varvel is written. Loaded
// before the program (`electron -r`). A part each, and each ends when the tests run on a newer Electron.
'use strict';
const Module = require('node:module');
const electron = require('electron');

const has = { sqlite: Module.isBuiltin('node:sqlite'), clipboardItem: 'ClipboardItem' in electron };

// URL.parse came with Node 22.1
URL.parse ??= (address, base) => (URL.canParse(address, base) ? new URL(address, base) : null);

// Electron 35 made the arguments of console-message one object, whose level is a word
const levels = ['debug', 'info', 'warning', 'error'];
if (Number.parseInt(process.versions.electron, 10) < 35) {
  electron.app.on('web-contents-created', (_event, contents) => {
    const on = contents.on;
    contents.on = function (name, listener) {
      if (name !== 'console-message' || listener.length > 1) return on.call(this, name, listener);
      return on.call(this, name, (event, level, message, lineNumber, sourceId) =>
        listener(Object.assign(event, { level: levels[level], message, lineNumber, sourceId })),
      );
    };
  });
}

// The clipboard's promises and ClipboardItem. In 33 nothing can be written beside a text that isn't text, HTML, RTF or
// a picture: as in 45 where a system refuses a format, a write with one fails whole.
class ClipboardItem {
  constructor(parts) {
    this.parts = parts;
  }
}
const old = electron.clipboard;
const clipboard = {
  readText: async () => old.readText(),
  writeText: async (text) => old.writeText(text),
  clear: async () => old.clear(),
  async write([{ parts }]) {
    const strangers = Object.keys(parts).filter((type) => type !== 'text/plain');
    if (strangers.length > 0) throw new Error(`Electron 33 can't write ${strangers.join(', ')}`);
    old.writeText(parts['text/plain']);
  },
};
const newer = { __proto__: null };
for (const name of Object.keys(electron)) {
  if (name === 'clipboard') continue;
  Object.defineProperty(newer, name, { enumerable: true, get: () => electron[name] });
}
Object.defineProperty(newer, 'clipboard', { enumerable: true, value: clipboard });
Object.defineProperty(newer, 'ClipboardItem', { enumerable: true, value: ClipboardItem });

const load = Module._load;
Module._load = function (request, ...rest) {
  // Node 22 has SQLite inside; this is the same as an addon
  if (request === 'node:sqlite' && !has.sqlite)
    return load.call(this, require.resolve('@photostructure/sqlite'), ...rest);
  if (request === 'electron' && !has.clipboardItem) return newer;
  return load.call(this, request, ...rest);
};
