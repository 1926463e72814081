// For the tests only. Stands where Electron's own default app does, which the package of Electron 33 leaves out:
// `electron [-r MODULE]… FOLDER [ARGUMENT]…` loads the modules and starts the program in the folder.
'use strict';
const { existsSync, readFileSync } = require('node:fs');
const { createRequire } = require('node:module');
const { join, resolve } = require('node:path');
const { app } = require('electron');

const modules = [];
let folder = null;
const words = process.argv.slice(1);
while (words.length > 0 && folder === null) {
  const word = words.shift();
  if (word === '-r' || word === '--require') modules.push(resolve(words.shift()));
  else if (!word.startsWith('-')) folder = resolve(word);
}

if (folder === null || !existsSync(join(folder, 'package.json'))) {
  process.stderr.write('usage: electron [-r MODULE]… FOLDER [ARGUMENT]…\n');
  process.exit(2);
}

process.defaultApp = true;
const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
app.setVersion(manifest.version);
app.setName(manifest.productName ?? manifest.name);
app.setDesktopName(manifest.desktopName ?? `${app.getName()}.desktop`);
app.setAppPath(folder);
for (const module of modules) require(module);
createRequire(join(folder, 'package.json'))(join(folder, manifest.main));
