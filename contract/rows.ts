import * as z from 'zod/mini';
import { fileFormatNames } from '../core/exports/formats/formats.ts';
import { hookShellNames } from '../core/shells/shells.ts';
import { hint } from './hint.ts';

/** What crosses the bridge, as plain data. Times are milliseconds since 1970. No row holds a secret. */

const text = z.string();
const textOrNull = z.nullable(z.string());
const timeOrNull = z.nullable(z.number());
export const scope = z.enum(['API', 'ADMIN']);

export const accountName = z.object({ id: text, nickname: text });

/** An error as it crosses: small plain data. */
export const problem = z.object({ code: text, message: text, hint });
export type Problem = z.infer<typeof problem>;

export const verdict = z.object({
  kind: z.enum(['valid', 'invalid', 'locked', 'forbidden', 'rate_limited', 'server_error', 'unreachable']),
  scope: z.nullable(scope),
  account: z.nullable(accountName),
  latencyMs: timeOrNull,
  message: text,
  testedAt: z.number(),
});
export type Verdict = z.infer<typeof verdict>;

export const profile = z.object({
  name: text,
  account: z.nullable(accountName),
  keyId: textOrNull,
  host: textOrNull,
  color: text,
  note: textOrNull,
  scope: z.nullable(scope),
  verdict: z.nullable(verdict),
});
export type Profile = z.infer<typeof profile>;

export const key = z.object({
  id: text,
  alias: textOrNull,
  scope: z.nullable(scope),
  account: z.nullable(accountName),
  createdAt: timeOrNull,
  /** Its secret is in the vault. */
  stored: z.boolean(),
  /** fal lists it; null when fal was not asked. */
  remote: z.nullable(z.boolean()),
  profiles: z.array(text),
  verdict: z.nullable(verdict),
});
export type Key = z.infer<typeof key>;

export const identity = z.object({
  id: text,
  name: text,
  email: text,
  connection: textOrNull,
  signedIn: z.boolean(),
  signedInAt: z.number(),
});
export type Identity = z.infer<typeof identity>;

export const account = z.object({
  id: text,
  nickname: text,
  name: text,
  kind: z.enum(['personal', 'team', 'organization']),
  lockReason: textOrNull,
  identityId: text,
});
export type Account = z.infer<typeof account>;

export const activity = z.object({
  at: z.number(),
  kind: text,
  identityId: textOrNull,
  account: textOrNull,
  keyId: textOrNull,
  profile: textOrNull,
  detail: text,
});
export type Activity = z.infer<typeof activity>;

/** Something that went wrong for one part while the rest went on. */
export const partProblem = z.object({ about: text, error: problem });
export type PartProblem = z.infer<typeof partProblem>;

export const settings = z.object({
  theme: z.enum(['system', 'light', 'dark']),
  /** How long a copied secret stays on the clipboard, in seconds. */
  clipboardSeconds: z.number().check(z.int(), z.gte(5), z.lte(600)),
  /** Null where this face can't do it. */
  startAtLogin: z.nullable(z.boolean()),
});
export type Settings = z.infer<typeof settings>;

export const vault = z.object({
  kind: z.enum(['keychain', 'file']),
  /** False for a passphrase vault whose passphrase is still to be chosen. */
  setUp: z.boolean(),
  /** Null when it is open. */
  problem: z.nullable(problem),
});
export type Vault = z.infer<typeof vault>;

export const start = z.object({
  version: text,
  face: z.enum(['desktop', 'web']),
  /** Node's name of the system: linux, darwin, win32. */
  platform: text,
  environment: z.object({ name: text, flows: z.array(z.enum(['device', 'loopback'])) }),
  /** The method of the last sign-in, on top of the sign-in card. */
  lastConnection: textOrNull,
  vault,
  /** So that the first thing that is painted has the right colours. */
  theme: settings.shape.theme,
  /** The user's home folder, shown as ~. */
  home: text,
});
export type Start = z.infer<typeof start>;

/** A line of a file before and after a change. Keys are masked: their id is shown, their secret never. */
export const diffLine = z.discriminatedUnion('kind', [
  z.object({ kind: z.enum(['same', 'added', 'removed']), text }),
  /** Unchanged lines that are not shown. */
  z.object({ kind: z.literal('left_out'), count: z.number() }),
]);
export type DiffLine = z.infer<typeof diffLine>;

/** What a change would do to a file; no lines when there is nothing to change. */
export const fileChange = z.object({ path: text, exists: z.boolean(), lines: z.array(diffLine) });
export type FileChange = z.infer<typeof fileChange>;

export const fileFormat = z.enum(fileFormatNames);

/** What would come of an export into a file. */
export const plannedExport = z.object({
  change: fileChange,
  format: fileFormat,
  variable: text,
  /** What a person should know before it is written. */
  warnings: z.array(text),
  /** Git has the file: the key would be in the next commit; writing it must be forced. */
  tracked: z.boolean(),
});
export type PlannedExport = z.infer<typeof plannedExport>;

/** A file that was given a key. */
export const exportedFile = z.object({
  path: text,
  /** Null when it is of a newer version. */
  format: z.nullable(fileFormat),
  variable: text,
  profile: text,
  keyId: text,
  /** `fresh`: holds it, and the profile still uses it; `stale`: holds it, the profile uses another; `gone`: holds it no more. */
  state: z.enum(['fresh', 'stale', 'gone']),
  at: z.number(),
  undoable: z.boolean(),
});
export type ExportedFile = z.infer<typeof exportedFile>;

/** A folder that was pinned from here. */
export const pinnedFolder = z.object({
  folder: text,
  profile: text,
  /** `pinned`: its file still says so; `other`: it names another profile now; `gone`: there is no such file any more. */
  state: z.enum(['pinned', 'other', 'gone']),
});
export type PinnedFolder = z.infer<typeof pinnedFolder>;

export const hookShell = z.enum(hookShellNames);

const place = z.object({ file: text, line: z.number() });

/** The shells of this machine and what their start-up files do. */
export const shellStates = z.object({
  shells: z.array(
    z.object({
      shell: hookShell,
      /** Found on this machine. */
      installed: z.boolean(),
      /** The user's own, by the system's account of them. */
      login: z.boolean(),
      /** Where the hook's line would go. */
      file: text,
      /** Where the hook is loaded now. */
      hook: z.nullable(place),
    }),
  ),
  /** Where FAL_KEY is set: such a key beats every profile in the shells that read that file. */
  sets: z.array(place),
  /** Where shells find the command `varvel`; null when they don't, and the hook then does nothing. */
  command: textOrNull,
});
export type ShellStates = z.infer<typeof shellStates>;

export const inStep = z.enum(['off', 'profile', 'key']);
export type InStep = z.infer<typeof inStep>;

/** fal's own CLI: its profiles beside ours. */
export const falcliStatus = z.object({
  path: text,
  /** Where the path leads, when it is a symbolic link. */
  target: text,
  exists: z.boolean(),
  /** Why its file can't be read; everything else is then empty. */
  problem: z.nullable(problem),
  openToOthers: z.boolean(),
  /** What fal's CLI uses. */
  profile: textOrNull,
  team: textOrNull,
  rows: z.array(
    z.object({
      name: text,
      where: z.enum(['both', 'fal', 'varvel']),
      keyId: textOrNull,
      ourKeyId: textOrNull,
      host: textOrNull,
      differs: z.array(z.enum(['key', 'host'])),
      plainText: z.boolean(),
    }),
  ),
  inStep,
  commentsRemembered: z.boolean(),
  /** Our last change can be taken back. */
  undoable: z.boolean(),
});
export type FalcliStatus = z.infer<typeof falcliStatus>;

/** What an import would do with one of the profiles of fal's CLI. */
export const importStep = z.object({
  name: text,
  keyId: textOrNull,
  kind: z.enum(['new', 'same', 'name', 'conflict', 'unusable']),
  /** The name that it would have here. */
  as: textOrNull,
  /** Why it stays behind, or what is left out. */
  reason: textOrNull,
});
export type ImportStep = z.infer<typeof importStep>;

/** What a restore does with one key or profile of a backup. What is here is never replaced. */
export const restoreRow = z.object({
  what: z.enum(['key', 'profile']),
  /** Of a key its id, of a profile its name. */
  id: text,
  name: text,
  outcome: z.enum(['new', 'same', 'conflict', 'unusable']),
  /** Why it stays out; null when it doesn't. */
  reason: textOrNull,
});
export type RestoreRow = z.infer<typeof restoreRow>;

/** What one key of an account used of one model on one day. */
export const usageLine = z.object({
  /** In UTC: 2026-11-22. */
  day: text,
  account: accountName,
  endpointId: text,
  unit: text,
  quantity: z.number(),
  cost: z.number(),
  /** ISO 4217. */
  currency: text,
  keyId: textOrNull,
  /** The key's alias, or what fal calls who called. */
  caller: text,
});

export const usageReport = z.object({
  /** The first and the last day, in UTC. */
  from: text,
  to: text,
  lines: z.array(usageLine),
  /** The accounts that have no ADMIN key here: fal tells their usage to nobody else. */
  withoutAdminKey: z.array(accountName),
  problems: z.array(partProblem),
});
export type UsageReport = z.infer<typeof usageReport>;

const chain = z.object({
  winner: z.object({ source: textOrNull, profile: textOrNull, keyId: textOrNull }),
  chain: z.array(z.object({ source: text, value: textOrNull, wins: z.boolean(), reason: text })),
});

/** Which key wins for a program that is started as this one was, and why. */
export const which = z.object({
  folder: text,
  here: chain,
  tools: z.array(z.object({ name: text, verdict: chain })),
  advice: z.array(text),
});
export type Which = z.infer<typeof which>;
