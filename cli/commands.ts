import type { CommandTable } from './framework/command.ts';

/** Every command of the program, in the order the help shows them. */
export const commands: CommandTable = {
  login: { summary: 'Sign in through the browser', load: () => import('./commands/identities/login.ts') },
  logout: { summary: 'Sign out, here and at fal', load: () => import('./commands/identities/logout.ts') },
  whoami: { summary: 'Show who is signed in', load: () => import('./commands/identities/whoami.ts') },
  accounts: {
    summary: 'Personal accounts, teams and organizations',
    commands: {
      list: {
        summary: 'List the accounts you may act for',
        load: () => import('./commands/accounts/list.ts'),
      },
    },
  },
  keys: {
    summary: 'API keys: list, create, add, test, revoke',
    commands: {
      list: { summary: 'List keys, here and at fal', load: () => import('./commands/keys/list.ts') },
      show: { summary: 'Show a key and the files it is in', load: () => import('./commands/keys/show.ts') },
      create: {
        summary: 'Create a key and keep its secret',
        load: () => import('./commands/keys/create.ts'),
      },
      add: { summary: 'Add a key that exists already', load: () => import('./commands/keys/add.ts') },
      test: { summary: 'Say whether keys work, at no cost', load: () => import('./commands/keys/test.ts') },
      reveal: { summary: 'Print a key with its secret', load: () => import('./commands/keys/reveal.ts') },
      revoke: { summary: 'Revoke a key at fal', load: () => import('./commands/keys/revoke.ts') },
      forget: { summary: 'Forget a secret here only', load: () => import('./commands/keys/forget.ts') },
    },
  },
  profiles: {
    summary: 'Names for an account and one of its keys',
    commands: {
      list: { summary: 'List profiles', load: () => import('./commands/profiles/list.ts') },
      show: { summary: 'Show one profile', load: () => import('./commands/profiles/show.ts') },
      create: { summary: 'Make a profile', load: () => import('./commands/profiles/create.ts') },
      rename: { summary: 'Rename a profile', load: () => import('./commands/profiles/rename.ts') },
      delete: {
        summary: 'Delete a profile; its key stays',
        load: () => import('./commands/profiles/delete.ts'),
      },
      set: {
        summary: 'Change key, account, host, color or note',
        load: () => import('./commands/profiles/set.ts'),
      },
    },
  },
  switch: { summary: 'Make a profile current, or none', load: () => import('./commands/profiles/switch.ts') },
  current: { summary: 'Print the current profile', load: () => import('./commands/profiles/current.ts') },
  env: {
    summary: 'Print a profile’s key for a shell or a file',
    load: () => import('./commands/shells/env.ts'),
  },
  export: {
    summary: 'Write a profile’s key into a file',
    load: () => import('./commands/exports/export.ts'),
  },
  hook: { summary: 'Print the prompt hook of a shell', load: () => import('./commands/shells/hook.ts') },
  run: { summary: 'Run a command with a profile’s key', load: () => import('./commands/shells/run.ts') },
  pin: { summary: 'Pin a folder to a profile', load: () => import('./commands/profiles/pin.ts') },
  unpin: { summary: 'Take a folder’s pin away', load: () => import('./commands/profiles/unpin.ts') },
  which: {
    summary: 'Say which key is in force here, and why',
    load: () => import('./commands/machine/which.ts'),
  },
  falcli: {
    summary: 'fal’s own CLI: compare, import, follow',
    commands: {
      status: {
        summary: 'Show fal’s CLI’s profiles beside ours',
        load: () => import('./commands/falcli/status.ts'),
      },
      import: {
        summary: 'Take fal’s CLI’s profiles and keys over',
        load: () => import('./commands/falcli/import.ts'),
      },
      apply: {
        summary: 'Make the current profile that of fal’s CLI',
        load: () => import('./commands/falcli/apply.ts'),
      },
      undo: {
        summary: 'Take our last change of fal’s file back',
        load: () => import('./commands/falcli/undo.ts'),
      },
    },
  },
  usage: { summary: 'Show what was spent', load: () => import('./commands/activity/usage.ts') },
  activity: {
    summary: 'Show what was done with which key',
    load: () => import('./commands/activity/activity.ts'),
  },
  backup: {
    summary: 'Write keys and profiles into an age file',
    load: () => import('./commands/backup/backup.ts'),
  },
  restore: {
    summary: 'Bring keys and profiles back from a backup',
    load: () => import('./commands/backup/restore.ts'),
  },
  vault: {
    summary: 'The passphrase vault: unlock for a while, lock',
    commands: {
      status: {
        summary: 'Say which vault is used and whether it is open',
        load: () => import('./commands/vault/status.ts'),
      },
      unlock: {
        summary: 'Keep the passphrase vault open for a while',
        load: () => import('./commands/vault/unlock.ts'),
      },
      lock: { summary: 'Close the passphrase vault now', load: () => import('./commands/vault/lock.ts') },
    },
  },
  web: { summary: 'Show the window in a browser', load: () => import('./commands/servers/web.ts') },
  sandbox: {
    summary: 'Run a local fal to look around in',
    load: () => import('./commands/servers/sandbox.ts'),
  },
  doctor: {
    summary: 'Say what works here and how to mend the rest',
    load: () => import('./commands/machine/doctor.ts'),
  },
  completion: {
    summary: 'Print a shell’s completion script',
    load: () => import('./commands/shells/completion.ts'),
  },
};
