import type { BrowserContext, Page } from 'playwright-core';

/** What was done to the system, and what a test finds out about it. */
export interface Done {
  opened: string[];
  notifications: { title: string; body: string }[];
  errorBoxes: { title: string; content: string }[];
  calls: { name: string; args: unknown[] }[];
  prevented: { what: string; url: string }[];
  ipc: { direction: 'in' | 'out'; text: string }[];
  /** What pages said: messages of the console, errors. */
  said: string[];
}

/** What the other parts need of a window; see browser-window.ts. */
export interface WorldWindow {
  readonly webContents: { programmatic: boolean; emit(event: string, ...args: unknown[]): boolean };
  close(): void;
  paintAs(scheme: 'dark' | 'light'): Promise<void>;
}

/** What the parts of the stand-in share: one per process, as Electron is. */
export const world: {
  readonly done: Done;
  readonly windows: Set<WorldWindow>;
  readonly windowOf: Map<Page, WorldWindow>;
  browser: BrowserContext | null;
  handlers: Map<string, (request: Request) => Response | Promise<Response>>;
  /** What the next dialog that asks for a path is answered; null closes it. */
  chosenPath: string | null;
} = {
  done: { opened: [], notifications: [], errorBoxes: [], calls: [], prevented: [], ipc: [], said: [] },
  windows: new Set(),
  windowOf: new Map(),
  browser: null,
  handlers: new Map(),
  chosenPath: null,
};

/** Keeps a call that has no effect here. */
export const note = (name: string, ...args: unknown[]): void => void world.done.calls.push({ name, args });
