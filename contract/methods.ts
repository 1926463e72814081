import * as z from 'zod/mini';
import { shellNames } from '../core/shells/shells.ts';
import { hint } from './hint.ts';
import {
  account,
  activity,
  exportedFile,
  falcliStatus,
  fileChange,
  fileFormat,
  hookShell,
  identity,
  importStep,
  inStep,
  key,
  partProblem,
  pinnedFolder,
  plannedExport,
  profile,
  restoreRow,
  scope,
  settings,
  shellStates,
  start,
  usageReport,
  vault,
  verdict,
  which,
} from './rows.ts';

/** A method of the bridge: what goes in and what comes out. */
export interface Method<Input extends z.ZodMiniType, Output extends z.ZodMiniType> {
  input: Input;
  output: Output;
}

const method = <Input extends z.ZodMiniType, Output extends z.ZodMiniType>(
  input: Input,
  output: Output,
): Method<Input, Output> => ({ input, output });

const nothing = z.null();
const name = z.string().check(z.minLength(1), z.maxLength(64));
const id = z.string().check(z.minLength(1), z.maxLength(512));
/** Names a piece of long work, so that its progress can be told and it can be cancelled; chosen by the caller. */
const run = z.string().check(z.minLength(8), z.maxLength(64));
const passphrase = z.string().check(z.minLength(1), z.maxLength(4096));
const note = z.string().check(z.maxLength(4000));
const short = z.string().check(z.maxLength(512));
/** Of a file or folder: absolute, or beginning with ~/. */
const path = z.string().check(z.minLength(1), z.maxLength(4096));

const change = z.object({
  keyId: z.optional(z.nullable(id)),
  accountId: z.optional(z.nullable(id)),
  host: z.optional(z.nullable(short)),
  color: z.optional(short),
  note: z.optional(z.nullable(note)),
});

/** The profile's account went with its key; null when nothing of the kind happened. */
const followed = z.nullable(z.object({ from: z.string(), to: z.string() }));

/** Where a profile's key goes; without a format it follows from the file's name, without a variable it is FAL_KEY. */
const exportTo = {
  profile: name,
  file: path,
  format: z.nullable(fileFormat),
  variable: z.nullable(z.string().check(z.minLength(1), z.maxLength(128))),
};

const addedKey = z.object({ key, already: z.boolean(), unusual: z.boolean(), verdict });

/**
 * Every method of the bridge, once. `preload` passes them on, `main` and `web` serve them from one table of
 * handlers, the renderer calls them by `bridge.ts`. How to add one: docs/bridge.md.
 */
export const methods = {
  'app.start': method(nothing, start),
  /** Opens one of fal's own pages in the system's browser. */
  'app.openPage': method(z.object({ page: z.enum(['dashboard', 'keys', 'billing', 'docs']) }), nothing),
  /** Asks with the system's own dialog; null when the person closes it. Desktop only. */
  'app.choosePath': method(
    z.object({ kind: z.enum(['file_to_write', 'file_to_read', 'folder']) }),
    z.object({ path: z.nullable(z.string()) }),
  ),
  'app.quit': method(nothing, nothing),
  /** Goes over to fal or to the built-in sandbox; the event `environment` follows. */
  'app.setEnvironment': method(z.object({ name: z.enum(['fal', 'sandbox']) }), nothing),

  'vault.look': method(nothing, vault),
  /** Gives the passphrase of the passphrase vault for as long as this program runs. */
  'vault.unlock': method(z.object({ passphrase }), vault),

  /** Writes all keys and profiles into an age file under a passphrase. A file that is there stays without `replace`. */
  'backup.make': method(
    z.object({ file: path, passphrase, replace: z.boolean() }),
    z.object({
      path: z.string(),
      keys: z.number(),
      profiles: z.number(),
      /** The keys whose secret is not in the vault, by their ids. */
      withoutSecret: z.array(z.string()),
    }),
  ),
  /** What restoring a backup would do; changes nothing. */
  'backup.plan': method(z.object({ file: path, passphrase }), z.array(restoreRow)),
  'backup.restore': method(z.object({ file: path, passphrase }), z.array(restoreRow)),

  'settings.read': method(nothing, settings),
  'settings.change': method(z.partial(settings), settings),

  'identities.list': method(nothing, z.array(identity)),
  'identities.signIn': method(
    z.object({ run, connection: z.nullable(short), flow: z.nullable(z.enum(['device', 'loopback'])) }),
    z.object({ identity, warning: z.nullable(z.string()) }),
  ),
  /** Opens the page of a sign-in that waits once more. */
  'identities.openPage': method(z.object({ run }), z.object({ opened: z.boolean() })),
  'identities.signOut': method(
    z.object({ id }),
    z.object({ revoked: z.boolean(), reason: z.nullable(z.string()) }),
  ),

  /** As last heard from fal. */
  'accounts.list': method(nothing, z.array(account)),
  /** Asks fal anew. */
  'accounts.refresh': method(
    nothing,
    z.object({ accounts: z.array(account), problems: z.array(partProblem) }),
  ),
  /** In US dollars; null when fal does not say. */
  'accounts.balance': method(z.object({ accountId: id }), z.object({ balance: z.nullable(z.number()) })),

  /** What is stored here, without asking fal. */
  'keys.list': method(nothing, z.array(key)),
  /** What fal lists and what is stored here, of one account or of all. */
  'keys.refresh': method(
    z.object({ accountId: z.nullable(id) }),
    z.object({ keys: z.array(key), problems: z.array(partProblem) }),
  ),
  'keys.create': method(
    z.object({ alias: short, scope, accountId: id, profile: z.nullable(name) }),
    z.discriminatedUnion('outcome', [
      z.object({ outcome: z.literal('stored'), key, profile: z.nullable(z.string()) }),
      /** fal has made the key and the vault failed: the one chance to keep the secret. */
      z.object({
        outcome: z.literal('not_stored'),
        key,
        secret: z.string(),
        message: z.string(),
        hint,
      }),
    ]),
  ),
  /** Takes a key that a person pasted. */
  'keys.add': method(
    z.object({
      text: z.string().check(z.maxLength(4096)),
      alias: z.nullable(short),
      profile: z.nullable(name),
    }),
    addedKey,
  ),
  /** Takes it from the clipboard, so that it never comes into the window; desktop only. */
  'keys.addFromClipboard': method(
    z.object({ alias: z.nullable(short), profile: z.nullable(name) }),
    addedKey,
  ),
  /** To the clipboard, for a while; desktop only. */
  'keys.copy': method(z.object({ id }), z.object({ seconds: z.number() })),
  /** The one way in which a secret comes into the window: asked for, and logged. */
  'keys.reveal': method(z.object({ id }), z.object({ key: z.string() })),
  /** Free tests of several keys, or of all with null; each verdict comes as the event `tested` too. */
  'keys.test': method(
    z.object({ run, ids: z.nullable(z.array(id)) }),
    z.array(z.object({ keyId: z.string(), verdict })),
  ),
  'keys.price': method(
    z.object({ id }),
    z.nullable(z.object({ amount: z.number(), currency: z.string(), unit: z.string() })),
  ),
  /** Makes a picture, which costs money; the picture comes as a data: URL. */
  'keys.generate': method(
    z.object({ run, id, prompt: z.string().check(z.minLength(1), z.maxLength(1000)) }),
    z.object({ verdict, picture: z.nullable(z.string()) }),
  ),
  /** Returns the profiles that have no key now. */
  'keys.revoke': method(z.object({ id }), z.object({ profiles: z.array(z.string()), wasAtFal: z.boolean() })),
  'keys.forget': method(z.object({ id }), z.object({ profiles: z.array(z.string()) })),

  /** All of them by name, or the first so many: thousands take a moment, and a window shows some dozens. */
  'profiles.list': method(
    z.object({ first: z.nullable(z.number().check(z.int(), z.gte(1))) }),
    z.object({ current: z.nullable(z.string()), total: z.number(), profiles: z.array(profile) }),
  ),
  'profiles.read': method(z.object({ name }), profile),
  'profiles.create': method(z.object({ name, change }), z.object({ followed })),
  'profiles.change': method(z.object({ name, change }), z.object({ followed })),
  'profiles.rename': method(z.object({ from: name, to: name }), nothing),
  'profiles.delete': method(z.object({ name }), z.object({ wasCurrent: z.boolean() })),
  'profiles.switch': method(z.object({ name: z.nullable(name) }), nothing),
  /** The line that a shell evaluates to take up the profile, onto the clipboard; desktop only. */
  'profiles.copyExport': method(
    z.object({ name, shell: z.nullable(z.enum(shellNames)) }),
    z.object({ seconds: z.number() }),
  ),

  /** What the file would become; writes nothing. */
  'exports.plan': method(z.object(exportTo), plannedExport),
  'exports.write': method(
    z.object({ ...exportTo, force: z.boolean() }),
    z.object({ path: z.string(), variable: z.string(), written: z.boolean() }),
  ),
  /** Takes the last export into a file back. */
  'exports.undo': method(
    z.object({ path, variable: z.nullable(z.string()) }),
    z.object({ path: z.string(), removed: z.boolean() }),
  ),
  /** The files that were given a key, each looked at. */
  'exports.list': method(nothing, z.array(exportedFile)),

  /** The folders that were pinned from here, each looked at. */
  'pins.list': method(nothing, z.array(pinnedFolder)),
  'pins.add': method(z.object({ profile: name, folder: path }), z.object({ changed: z.boolean() })),
  'pins.remove': method(z.object({ folder: path }), nothing),

  'shells.list': method(nothing, shellStates),
  /** What adding the hook's one line to a shell's start-up file, or taking it away, would do. */
  'shells.planHook': method(z.object({ shell: hookShell, add: z.boolean() }), fileChange),
  'shells.changeHook': method(
    z.object({ shell: hookShell, add: z.boolean() }),
    z.object({ path: z.string(), written: z.boolean() }),
  ),

  'falcli.status': method(nothing, falcliStatus),
  /** What making a profile, or none, that of fal's CLI would do to its file. */
  'falcli.planApply': method(z.object({ profile: z.nullable(name), withKey: z.boolean() }), fileChange),
  'falcli.apply': method(
    z.object({ profile: z.nullable(name), withKey: z.boolean() }),
    z.object({ path: z.string(), written: z.boolean(), notes: z.array(z.string()) }),
  ),
  'falcli.keepInStep': method(z.object({ inStep }), nothing),
  /** What taking our last change back would do; `left` is what another program has changed since. */
  'falcli.planUndo': method(nothing, z.object({ change: fileChange, left: z.array(z.string()) })),
  'falcli.undo': method(
    nothing,
    z.object({ path: z.string(), left: z.array(z.string()), removed: z.boolean() }),
  ),
  'falcli.restoreComments': method(nothing, z.object({ changed: z.boolean() })),
  'falcli.planImport': method(nothing, z.array(importStep)),
  /** Takes over what the plan says; with `rename` also under the proposed names. */
  'falcli.import': method(z.object({ rename: z.boolean() }), z.object({ imported: z.array(z.string()) })),

  /** The key in force for what is started as this program was, in the home folder. */
  'which.explain': method(nothing, which),

  /** What all accounts with an ADMIN key here have spent; asks fal. */
  'usage.read': method(z.object({ days: z.number().check(z.int(), z.gte(1), z.lte(366)) }), usageReport),

  'activity.list': method(
    z.object({
      /** How far back, in milliseconds; null for all. */
      withinMs: z.nullable(z.number().check(z.gte(0))),
      keyId: z.nullable(id),
      limit: z.number().check(z.int(), z.gte(1), z.lte(5000)),
    }),
    z.array(activity),
  ),

  /** Ends a piece of long work; one that has ended already is no error. */
  'work.cancel': method(z.object({ run }), nothing),
} as const;

export type Methods = typeof methods;
export type MethodName = keyof Methods;
export type Input<Name extends MethodName> = z.infer<Methods[Name]['input']>;
export type Output<Name extends MethodName> = z.infer<Methods[Name]['output']>;

export const isMethodName = (name: string): name is MethodName => Object.hasOwn(methods, name);
