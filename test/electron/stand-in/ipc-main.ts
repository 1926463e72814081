import { EventEmitter } from 'node:events';
import type { IpcMain } from 'electron';
import { createWire } from './wire.ts';
import { world } from './world.ts';

type Handler = Parameters<IpcMain['handle']>[1];
const handlers = new Map<string, Handler>();
const { write, read } = createWire();

class StandInIpcMain extends EventEmitter implements Pick<IpcMain, 'handle' | 'removeHandler'> {
  handle(channel: string, handler: Handler): void {
    if (handlers.has(channel)) {
      throw new Error(`Attempted to register a second handler for '${channel}'`);
    }
    handlers.set(channel, handler);
  }

  removeHandler(channel: string): void {
    handlers.delete(channel);
  }
}

export const ipcMain = new StandInIpcMain();

/** Asks a handler as a page would, with a sender of one's choice. @throws what the handler throws */
export async function invoke(
  channel: string,
  sender: unknown,
  senderFrame: unknown,
  args: unknown[],
): Promise<unknown> {
  const handler = handlers.get(channel);
  if (!handler) throw new Error(`No handler registered for '${channel}'`);
  const event = { type: 'frame', sender, senderFrame, frameId: 1, processId: 1, defaultPrevented: false };
  return Reflect.apply(handler, undefined, [event, ...args]);
}

/** Answers what came over a page's binding. */
export async function answerInvoke(
  contents: { evaluate(expression: string): void },
  frame: unknown,
  payload: string,
): Promise<void> {
  const { kind, id, channel, args } = JSON.parse(payload);
  world.done.ipc.push({ direction: 'in', text: `${channel} ${args}` });
  const given = read(args);
  if (!Array.isArray(given)) return;
  if (kind === 'send') {
    ipcMain.emit(channel, { sender: contents, senderFrame: frame }, ...given);
    return;
  }
  const settle = (ok: boolean, text: string) => {
    world.done.ipc.push({ direction: 'out', text });
    contents.evaluate(`__standInSettle(${Number(id)}, ${ok}, ${JSON.stringify(text)})`);
  };
  try {
    settle(true, write(await invoke(channel, contents, frame, given)));
  } catch (error) {
    settle(false, String(error));
  }
}
