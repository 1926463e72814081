import * as z from 'zod/mini';
import { windowTopics } from '../core/model/topic.ts';
import { hint } from './hint.ts';
import { searched } from './methods/find.ts';
import { signInStep } from './methods/identities.ts';
import { updates } from './methods/updates.ts';
import { verdict } from './verdict.ts';

/** Every event that the window receives. */
export const events = {
  /** What to read again, whichever process changed it. */
  changed: z.object({ topics: z.array(z.enum(windowTopics)) }),
  /** One verdict of a running test. */
  tested: z.object({ run: z.string(), keyId: z.string(), verdict, done: z.number(), total: z.number() }),
  /** How far a running search for copies of keys is, and how many it has found. */
  searching: z.object({ run: z.string(), searched, copies: z.number() }),
  /** A sign-in waits for the user. */
  signIn: signInStep,
  /** A warning about something that happened along the way. */
  notice: z.object({ text: z.string(), hint }),
  /** Something that a person waits for, or should know wherever they are: a key works again, a budget is reached. */
  alert: z.object({ title: z.string(), text: z.string() }),
  /** A copied secret was cleared from the clipboard. */
  clipboardCleared: z.object({}),
  /** An update was looked for, downloaded, or chosen otherwise. */
  updates,
  /** The environment has changed: read everything again. */
  environment: z.object({ name: z.string() }),
  /** The menu or the tray sends a command to the window. */
  command: z.object({ command: z.enum(['palette', 'switcher', 'new-key', 'settings', 'sign-in']) }),
} as const;

export type Events = typeof events;
export type EventName = keyof Events;
export type EventPayload<Name extends EventName> = z.infer<Events[Name]>;

export const isEventName = (name: string): name is EventName => Object.hasOwn(events, name);
