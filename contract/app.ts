import * as z from 'zod/mini';
import { themes } from '../core/model/settings.ts';
import { flow } from './identities.ts';
import { method, nothing, run, text, textOrNull } from './method.ts';

const start = z.object({
  version: text,
  face: z.enum(['desktop', 'web']),
  /** Node's name of the system: linux, darwin, win32. */
  platform: text,
  environment: z.object({ name: text, flows: z.array(flow) }),
  /** The method of the last sign-in, on top of the sign-in card. */
  lastConnection: textOrNull,
  /** So that the first thing that is painted has the right colours. */
  theme: z.enum(themes),
  /** The user's home folder, shown as ~. */
  home: text,
});
export type Start = z.infer<typeof start>;

export const appMethods = {
  'app.start': method(nothing, start),
  /** Opens one of fal's own pages in the system's browser. */
  'app.openPage': method(z.object({ page: z.enum(['dashboard', 'keys', 'billing', 'docs']) }), nothing),
  /** Asks with the system's own dialog; null when the person closes it. Desktop only. */
  'app.choosePath': method(
    z.object({ kind: z.enum(['file_to_write', 'file_to_read', 'folder']) }),
    z.object({ path: textOrNull }),
  ),
  'app.quit': method(nothing, nothing),
  /** Goes over to fal or to the built-in sandbox; the event `environment` follows. */
  'app.setEnvironment': method(z.object({ name: z.enum(['fal', 'sandbox']) }), nothing),
  /** Ends a piece of long work; one that has ended already is no error. */
  'work.cancel': method(z.object({ run }), nothing),
};
