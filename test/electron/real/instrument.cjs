// Loaded by real Electron before the program (`electron -r`): the same controls as the stand-in's control.ts, by
// watching what the program does with Electron's own classes. It replaces nothing but what would reach the person's
// system: notifications, the browser and the clipboard.
const electron = require('electron');
const { app, BrowserWindow, dialog, ipcMain, Menu, nativeTheme, Notification, shell, clipboard, Tray } =
  electron;
const { readFileSync } = require('node:fs');
const { join } = require('node:path');

const done = { opened: [], notifications: [], errorBoxes: [], calls: [], prevented: [], ipc: [], said: [] };
const shown = [];
const handlers = new Map();
let tray = null;
let trayMenu = null;
let menusSet = 0;
let toolTip = '';
let chosenPath = null;
const held = new Map();
const firstColors = new Map();

app.on('browser-window-created', (_event, one) => {
  firstColors.set(one.id, one.getBackgroundColor().toLowerCase());
});

const wrap = (object, name, make) => {
  object[name] = make(object[name]);
};

wrap(
  Tray.prototype,
  'setContextMenu',
  (real) =>
    function (menu) {
      tray = this;
      trayMenu = menu;
      menusSet++;
      return real.call(this, menu);
    },
);
wrap(
  Tray.prototype,
  'setToolTip',
  (real) =>
    function (text) {
      toolTip = text;
      return real.call(this, text);
    },
);
wrap(
  Notification.prototype,
  'show',
  () =>
    function () {
      shown.push(this);
      done.notifications.push({ title: this.title, body: this.body });
    },
);
for (const name of ['showSaveDialog', 'showOpenDialog']) {
  wrap(dialog, name, () => async (...args) => {
    done.calls.push({
      name: `dialog.${name}`,
      args: [{ over: args.length > 1 ? 'the window' : 'nothing', ...args.at(-1) }],
    });
    const canceled = chosenPath === null;
    return { canceled, filePath: chosenPath ?? '', filePaths: canceled ? [] : [chosenPath] };
  });
}
wrap(dialog, 'showMessageBox', () => async (...args) => {
  done.calls.push({ name: 'dialog.showMessageBox', args: [args.at(-1)] });
  return { response: 0, checkboxChecked: false };
});
wrap(shell, 'openExternal', () => async (url) => void done.opened.push(url));
wrap(ipcMain, 'handle', (real) => (channel, handler) => {
  handlers.set(channel, handler);
  return real.call(ipcMain, channel, async (event, ...args) => {
    done.ipc.push({ direction: 'in', text: `${channel} ${JSON.stringify(args)}` });
    const answer = await handler(event, ...args);
    done.ipc.push({ direction: 'out', text: JSON.stringify(answer) });
    return answer;
  });
});
Object.assign(clipboard, {
  readText: async () => held.get('text/plain') ?? '',
  async writeText(text) {
    held.clear();
    held.set('text/plain', text);
  },
  clear: () => held.clear(),
  async write(items) {
    held.clear();
    for (const item of items) {
      for (const type of item.types) held.set(type, await (await item.getType(type)).text());
    }
  },
});
app.on('web-contents-created', (_event, contents) => {
  contents.on('console-message', ({ level, message }) => done.said.push(`${level}: ${message}`));
  wrap(contents, 'send', (real) => (channel, ...args) => {
    done.ipc.push({ direction: 'out', text: `${channel} ${JSON.stringify(args)}` });
    return real.call(contents, channel, ...args);
  });
});

const plain = (label) => label.replaceAll('&&', '\0').replaceAll('&', '').replaceAll('\0', '&');
const shownItems = (menu) =>
  (menu?.items ?? []).map((item) => ({
    label: plain(item.label),
    type: item.type,
    role: item.role ?? null,
    enabled: item.enabled,
    checked: item.checked,
    accelerator: item.accelerator ?? null,
    hasIcon: Boolean(item.icon),
    items: item.submenu ? shownItems(item.submenu) : null,
  }));

function click(menu, [label, ...rest]) {
  const item = (menu?.items ?? []).find((one) => plain(one.label) === label);
  if (!item) throw new Error(`There is no “${label}”.`);
  if (rest.length > 0) click(item.submenu, rest);
  else item.click();
}

function press(menu, accelerator) {
  for (const item of menu?.items ?? []) {
    if (item.accelerator === accelerator) return item.click();
    if (item.submenu) press(item.submenu, accelerator);
  }
}

const window = () => BrowserWindow.getAllWindows()[0];

const controls = {
  done: () => done,
  port: () =>
    Number(readFileSync(join(app.getPath('userData'), 'DevToolsActivePort'), 'utf8').split('\n')[0]),
  windows: () =>
    BrowserWindow.getAllWindows().map((one) => ({
      bounds: one.getBounds(),
      title: one.getTitle(),
      visible: one.isVisible(),
      color: one.getBackgroundColor().toLowerCase(),
      firstColor: firstColors.get(one.id),
      url: one.webContents.getURL(),
      maximized: one.isMaximized(),
      preferences: one.webContents.getLastWebPreferences(),
    })),
  move: (bounds) => window().setBounds(bounds),
  minimize: () => window().minimize(),
  closeWindow: () => window().close(),
  crashPage: () => window().webContents.forcefullyCrashRenderer(),
  quit: () => app.quit(),
  shutDown() {
    electron.powerMonitor.emit('shutdown');
    app.quit();
  },
  activate: () => app.emit('activate', {}, false),
  trayMenu: () => shownItems(trayMenu),
  trayLook: () => ({ toolTip, image: null, template: false, menusSet }),
  trayClick: (...labels) => click(trayMenu, labels),
  trayIconClick: () => tray?.emit('click', {}),
  menu: () => shownItems(Menu.getApplicationMenu()),
  menuClick: (...labels) => click(Menu.getApplicationMenu(), labels),
  press: (accelerator) => press(Menu.getApplicationMenu(), accelerator),
  readClipboard: () => clipboard.readText(),
  clipboardTypes: () => [...held.keys()],
  writeClipboard: (text) => clipboard.writeText(text),
  setSystemTheme: (theme) => {
    nativeTheme.themeSource = theme;
  },
  clickNotification: (title) => void shown.findLast((one) => one.title === title)?.emit('click', {}),
  choosePath(path) {
    chosenPath = path;
  },
  async attachWebview() {
    await window().webContents.executeJavaScript(
      'document.body.append(document.createElement("webview")), 0',
    );
    return BrowserWindow.getAllWindows().length > 1;
  },
  invokeAs(who, channel, ...args) {
    const { webContents } = window();
    const { mainFrame } = webContents;
    const elsewhere = { origin: 'https://example.com', url: 'https://example.com/', parent: null };
    const events = {
      window: { sender: webContents, senderFrame: mainFrame },
      'no frame': { sender: webContents, senderFrame: null },
      'sub-frame': { sender: webContents, senderFrame: { origin: mainFrame.origin, parent: mainFrame } },
      'other page': { sender: { mainFrame }, senderFrame: mainFrame },
      'other origin': { sender: { mainFrame: elsewhere }, senderFrame: elsewhere },
    };
    return handlers.get(channel)(events[who], ...args);
  },
};

process.on('message', async ({ id, name, args }) => {
  try {
    process.send({ id, result: (await controls[name](...args)) ?? null });
  } catch (error) {
    process.send({ id, error: String(error) });
  }
});
