import { createConnection } from 'node:net';
import * as z from 'zod/mini';
import { type Served, upgradeLines } from './served.ts';

const Told = z.object({ event: z.string(), payload: z.unknown() });
export type Told = z.infer<typeof Told>;

export interface Listener {
  /** Everything heard so far. */
  heard: Told[];
  /** The next event that matches, or the first heard already. @throws Error when none comes within the time */
  next(matches: (told: Told) => boolean, withinMs?: number): Promise<Told>;
  /** When the server has closed it. */
  closed: Promise<void>;
  close(): void;
}

/** Listens to a window's events by the protocol itself (RFC 6455): text frames of a server, which are not masked. */
export async function listen({ port, origin, cookie, windowKey }: Served): Promise<Listener> {
  const socket = createConnection({ host: '127.0.0.1', port });
  const open = Promise.withResolvers<void>();
  const closed = Promise.withResolvers<void>();
  const heard: Told[] = [];
  const waiting = new Set<() => void>();
  let bytes = Buffer.alloc(0);
  let isOpen = false;
  socket.on('error', () => undefined);
  socket.on('close', () => {
    closed.resolve();
    open.reject(new Error('the socket was refused'));
  });
  socket.on('data', (part) => {
    bytes = Buffer.concat([bytes, part]);
    if (!isOpen) {
      const end = bytes.indexOf('\r\n\r\n');
      if (end < 0) return;
      isOpen = bytes.subarray(0, end).toString('latin1').startsWith('HTTP/1.1 101');
      bytes = bytes.subarray(end + 4);
      if (!isOpen) return void socket.destroy();
      open.resolve();
    }
    for (let frame = takeFrame(bytes); frame; frame = takeFrame(bytes)) {
      bytes = frame.rest;
      if (frame.opcode === 8) return void socket.end();
      if (frame.opcode !== 1) continue;
      heard.push(Told.parse(JSON.parse(frame.payload.toString('utf8'))));
    }
    for (const look of waiting) look();
  });
  socket.write(
    `${[...upgradeLines(`/events?window=${windowKey}`), `Host: 127.0.0.1:${port}`, `Origin: ${origin}`, `Cookie: ${cookie}`].join('\r\n')}\r\n\r\n`,
  );
  await open.promise;
  return {
    heard,
    next(matches, withinMs = 20_000) {
      const { promise, resolve, reject } = Promise.withResolvers<Told>();
      const timer = setTimeout(
        () => reject(new Error(`nothing of the kind came; heard: ${JSON.stringify(heard)}`)),
        withinMs,
      );
      const look = () => {
        const found = heard.find(matches);
        if (found) resolve(found);
      };
      waiting.add(look);
      look();
      return promise.finally(() => {
        clearTimeout(timer);
        waiting.delete(look);
      });
    },
    closed: closed.promise,
    close: () => void socket.destroy(),
  };
}

interface Frame {
  opcode: number;
  payload: Buffer;
  rest: Buffer<ArrayBuffer>;
}

function takeFrame(bytes: Buffer<ArrayBuffer>): Frame | null {
  if (bytes.length < 2) return null;
  const short = bytes.readUInt8(1) & 0x7f;
  const headLength = short === 126 ? 4 : short === 127 ? 10 : 2;
  if (bytes.length < headLength) return null;
  const length =
    short === 126 ? bytes.readUInt16BE(2) : short === 127 ? Number(bytes.readBigUInt64BE(2)) : short;
  const end = headLength + length;
  if (bytes.length < end) return null;
  return {
    opcode: bytes.readUInt8(0) & 0x0f,
    payload: bytes.subarray(headLength, end),
    rest: bytes.subarray(end),
  };
}

/** True for a `changed` that names a topic. */
export const changed =
  (topic: string) =>
  ({ event, payload }: Told): boolean =>
    event === 'changed' &&
    z
      .object({ topics: z.array(z.string()) })
      .parse(payload)
      .topics.includes(topic);
