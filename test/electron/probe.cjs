// For the tests only, loaded before the program (`electron -r`). It watches and replaces nothing: what crosses the bridge,
// what the page says, what was refused. Over the IPC channel that the test has opened it also runs a test's own function
// in the main process.
'use strict';
const electron = require('electron');
const { app, ipcMain } = electron;

const seen = { ipc: [], said: [], prevented: [], paints: [], shownAt: null };
/** The program's IPC handlers by channel. */
const handlers = new Map();

const handle = ipcMain.handle;
ipcMain.handle = (channel, handler) => {
  handlers.set(channel, handler);
  return handle.call(ipcMain, channel, async (event, ...args) => {
    seen.ipc.push({ direction: 'in', text: `${channel} ${JSON.stringify(args)}` });
    const answer = await handler(event, ...args);
    seen.ipc.push({ direction: 'out', text: JSON.stringify(answer) });
    return answer;
  });
};

app.on('web-contents-created', (_event, contents) => {
  contents.on('console-message', ({ level, message }) => seen.said.push(`${level}: ${message}`));
  const send = contents.send;
  contents.send = function (channel, ...args) {
    seen.ipc.push({ direction: 'out', text: `${channel} ${JSON.stringify(args)}` });
    return send.call(this, channel, ...args);
  };
  for (const what of ['will-navigate', 'will-frame-navigate', 'will-redirect', 'will-attach-webview']) {
    // after the program's own listener has had its say
    contents.on(what, (event, ...rest) =>
      setImmediate(() => {
        if (event.defaultPrevented) seen.prevented.push({ what, url: event.url ?? rest[1]?.src ?? '' });
      }),
    );
  }
});

const hex = (bytes) => `#${Buffer.from(bytes).toString('hex')}`;

app.on('browser-window-created', (_event, window) => {
  window.once('show', async () => {
    seen.shownAt ??= Date.now();
    const ground = window.getBackgroundColor().toLowerCase();
    seen.paints.push({ ground, corner: await cornerOf(window.webContents) });
  });
});

/** The colour of the page's corner in the first frame that there is: before that a picture has no pixel, or a clear one. */
async function cornerOf(contents) {
  for (;;) {
    const image = await contents.capturePage({ x: 2, y: 2, width: 1, height: 1 });
    // a bitmap's bytes are blue, green, red, alpha
    const [blue, green, red, alpha = 0] = image.toBitmap();
    if (alpha > 0) return hex([red, green, blue]);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

const lookAtDownloads = (session) =>
  session.on('will-download', (event, item) => {
    const url = item.getURL();
    setImmediate(() => {
      if (event.defaultPrevented) seen.prevented.push({ what: 'download', url });
    });
  });
app.on('session-created', lookAtDownloads);

if (process.send) {
  process.on('message', async ({ id, work, args }) => {
    try {
      const result = await new Function(`return (${work})`)()(electron, { seen, handlers }, ...args);
      process.send({ id, result: result ?? null });
    } catch (error) {
      process.send({ id, error: String(error) });
    }
  });
  process.channel.unref();
}
