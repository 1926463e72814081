import type * as z from 'zod/mini';
import { accountMethods } from './accounts.ts';
import { activityMethods } from './activity.ts';
import { appMethods } from './app.ts';
import { backupMethods } from './backup.ts';
import { doctorMethods } from './doctor.ts';
import { exportMethods } from './exports.ts';
import { falcliMethods } from './falcli.ts';
import { identityMethods } from './identities.ts';
import { keyMethods } from './keys.ts';
import { pinMethods } from './pins.ts';
import { profileMethods } from './profiles.ts';
import { settingsMethods } from './settings.ts';
import { shellMethods } from './shells.ts';
import { usageMethods } from './usage.ts';
import { vaultMethods } from './vault.ts';
import { whichMethods } from './which.ts';

/**
 * Every bridge method. `preload` passes them on, `main` and `web` serve them from one table of
 * handlers, the renderer calls them through `bridge.ts`. How to add one: docs/bridge.md.
 */
export const methods = {
  ...appMethods,
  ...vaultMethods,
  ...backupMethods,
  ...settingsMethods,
  ...identityMethods,
  ...accountMethods,
  ...keyMethods,
  ...profileMethods,
  ...exportMethods,
  ...pinMethods,
  ...shellMethods,
  ...falcliMethods,
  ...whichMethods,
  ...doctorMethods,
  ...usageMethods,
  ...activityMethods,
} as const;

export type Methods = typeof methods;
export type MethodName = keyof Methods;
export type Input<Name extends MethodName> = z.infer<Methods[Name]['input']>;
export type Output<Name extends MethodName> = z.infer<Methods[Name]['output']>;

export const isMethodName = (name: string): name is MethodName => Object.hasOwn(methods, name);
