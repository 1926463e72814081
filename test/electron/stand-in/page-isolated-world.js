// The preload's world: `electron` as a sandboxed preload can require it.
const listeners = new Map();
const invocations = new Map();
let lastInvocation = 0;

// biome-ignore lint/correctness/noUnusedVariables: page-context-bridge.js calls it
function hearExposed() {}

/** Called by the main process: the end of an invocation. */
globalThis.__standInSettle = (id, ok, text) => {
  const invocation = invocations.get(id);
  invocations.delete(id);
  if (ok) invocation.resolve(read(text));
  else invocation.reject(new Error(`Error invoking remote method '${invocation.channel}': ${text}`));
};

/** Called by the main process: webContents.send. */
globalThis.__standInHear = (channel, text) => {
  for (const listener of [...(listeners.get(channel) ?? [])])
    listener({ sender: ipcRenderer }, ...read(text));
};

const ipcRenderer = {
  async invoke(channel, ...args) {
    const text = write(args);
    const id = ++lastInvocation;
    return new Promise((resolve, reject) => {
      invocations.set(id, { channel, resolve, reject });
      binding(JSON.stringify({ kind: 'invoke', id, channel, args: text }));
    });
  },
  send(channel, ...args) {
    binding(JSON.stringify({ kind: 'send', id: 0, channel, args: write(args) }));
  },
  on(channel, listener) {
    listeners.set(channel, [...(listeners.get(channel) ?? []), listener]);
    return ipcRenderer;
  },
  off(channel, listener) {
    listeners.set(
      channel,
      (listeners.get(channel) ?? []).filter((other) => other !== listener),
    );
    return ipcRenderer;
  },
};
ipcRenderer.addListener = ipcRenderer.on;
ipcRenderer.removeListener = ipcRenderer.off;

const contextBridge = {
  exposeInMainWorld(name, api) {
    tell({ expose: name, api: write(api, functions) });
  },
};

// biome-ignore lint/correctness/noUnusedVariables: page-scripts.ts hands it to the preload
const requireInPreload = (name) => {
  if (name === 'electron') return { contextBridge, ipcRenderer };
  throw new Error(`module not found: ${name}`);
};
