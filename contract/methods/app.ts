import * as z from 'zod/mini';
import { faceNames } from '../../core/model/face.ts';
import { builtInEnvironments } from '../../core/model/fal/fal-environment.ts';
import { themes } from '../../core/model/settings.ts';
import { method, nothing, run, text, textOrNull } from '../method.ts';
import { flow } from './identities.ts';

const start = z.object({
  version: text,
  face: z.enum(faceNames),
  /** Node's name for the system: linux, darwin, win32. */
  platform: text,
  environment: z.object({ name: text, flows: z.array(flow) }),
  /** The last sign-in's method, which the sign-in card shows first. */
  lastConnection: textOrNull,
  /** So that the first paint has the right colours. */
  theme: z.enum(themes),
  /** The user's home folder, shown as ~. */
  home: text,
});
export type Start = z.infer<typeof start>;

export const appMethods = {
  'app.start': method(nothing, start),
  /** Opens one of fal's pages in the system's browser. */
  'app.openPage': method(z.object({ page: z.enum(['dashboard', 'keys', 'billing', 'docs']) }), nothing),
  /** Asks with the system's dialog; null when it is closed. Desktop only. */
  'app.choosePath': method(
    z.object({ kind: z.enum(['file_to_write', 'file_to_read', 'folder']) }),
    z.object({ path: textOrNull }),
  ),
  'app.quit': method(nothing, nothing),
  /** Changes to fal or to the built-in sandbox; the event `environment` follows. */
  'app.setEnvironment': method(z.object({ name: z.enum(builtInEnvironments) }), nothing),
  /** Cancels long work; not an error when it has ended already. */
  'work.cancel': method(z.object({ run }), nothing),
};
