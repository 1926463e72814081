import type * as z from 'zod/mini';
import { accountMethods } from './methods/accounts.ts';
import { activityMethods } from './methods/activity.ts';
import { appMethods } from './methods/app.ts';
import { backupMethods } from './methods/backup.ts';
import { doctorMethods } from './methods/doctor.ts';
import { exportMethods } from './methods/exports.ts';
import { falcliMethods } from './methods/falcli.ts';
import { findMethods } from './methods/find.ts';
import { identityMethods } from './methods/identities.ts';
import { keyMethods } from './methods/keys.ts';
import { lockMethods } from './methods/locks.ts';
import { moneyMethods } from './methods/money.ts';
import { pinMethods } from './methods/pins.ts';
import { profileMethods } from './methods/profiles.ts';
import { rotationMethods } from './methods/rotations.ts';
import { settingsMethods } from './methods/settings.ts';
import { shellMethods } from './methods/shells.ts';
import { updateMethods } from './methods/updates.ts';
import { usageMethods } from './methods/usage.ts';
import { vaultMethods } from './methods/vault.ts';
import { whichMethods } from './methods/which.ts';

/**
 * Every bridge method. `preload` passes them on, `main` and `web` serve them from one table of
 * handlers, the renderer calls them through `bridge.ts`. How to add one: docs/bridge.md.
 */
export const methods = {
  ...appMethods,
  ...vaultMethods,
  ...backupMethods,
  ...settingsMethods,
  ...updateMethods,
  ...identityMethods,
  ...accountMethods,
  ...keyMethods,
  ...rotationMethods,
  ...findMethods,
  ...lockMethods,
  ...profileMethods,
  ...exportMethods,
  ...pinMethods,
  ...shellMethods,
  ...falcliMethods,
  ...whichMethods,
  ...doctorMethods,
  ...usageMethods,
  ...moneyMethods,
  ...activityMethods,
} as const;

export type Methods = typeof methods;
export type MethodName = keyof Methods;
export type Input<Name extends MethodName> = z.infer<Methods[Name]['input']>;
export type Output<Name extends MethodName> = z.infer<Methods[Name]['output']>;

export const isMethodName = (name: string): name is MethodName => Object.hasOwn(methods, name);
