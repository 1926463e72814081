import { contextBridge, ipcRenderer } from 'electron';
import * as z from 'zod/mini';
import { type Answer, answer, type Bridge } from '../contract/bridge.ts';
import { callChannel, eventChannel } from '../contract/channels.ts';
import { isEventName } from '../contract/events.ts';
import { isMethodName } from '../contract/methods.ts';

// a strict CSP reports even the attempt to compile a schema
z.config({ jitless: true });

// Runs in a sandbox before the page: hands the page two functions and nothing else.
const bridge: Bridge = {
  async call(method, input): Promise<Answer> {
    if (!isMethodName(method)) throw new Error('There is no such method.');
    const answered: unknown = await ipcRenderer.invoke(callChannel, method, input);
    return answer.parse(answered);
  },

  on(event, listener) {
    if (!isEventName(event)) throw new Error('There is no such event.');
    const hear = (_event: unknown, name: unknown, payload: unknown): void => {
      if (name === event) listener(payload);
    };
    ipcRenderer.on(eventChannel, hear);
    return () => void ipcRenderer.off(eventChannel, hear);
  },
};

contextBridge.exposeInMainWorld('varvel', bridge);
