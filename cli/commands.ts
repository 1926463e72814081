import type { CommandTable } from './framework/command.ts';

/** Every command of the program, by section, in the order the help shows them. */
export const sections: Record<string, CommandTable> = {
  'Sign in': {
    login: { summary: 'Sign in through the browser', load: () => import('./commands/identities/login.ts') },
    logout: { summary: 'Sign out here and at fal', load: () => import('./commands/identities/logout.ts') },
    whoami: { summary: 'Show who is signed in', load: () => import('./commands/identities/whoami.ts') },
    accounts: {
      summary: 'List personal accounts, teams and organizations',
      commands: {
        list: {
          summary: 'List the accounts you can act for',
          alias: 'ls',
          load: () => import('./commands/accounts/list.ts'),
        },
        set: {
          summary: 'Say when to remind you to rotate an account’s keys',
          load: () => import('./commands/accounts/set.ts'),
        },
      },
    },
  },
  'Keys and profiles': {
    keys: {
      summary: 'List, create, add, test, rotate and revoke keys',
      commands: {
        list: {
          summary: 'List keys here and at fal',
          alias: 'ls',
          load: () => import('./commands/keys/list.ts'),
        },
        show: {
          summary: 'Show a key and the files that hold it',
          load: () => import('./commands/keys/show.ts'),
        },
        create: {
          summary: 'Create a key and store its secret',
          load: () => import('./commands/keys/create.ts'),
        },
        add: { summary: 'Add an existing key', load: () => import('./commands/keys/add.ts') },
        rename: { summary: 'Name a key in Varvel', load: () => import('./commands/keys/rename.ts') },
        set: {
          summary: 'Say when to remind you to rotate a key',
          load: () => import('./commands/keys/set.ts'),
        },
        test: { summary: 'Check whether keys work, for free', load: () => import('./commands/keys/test.ts') },
        diagnose: {
          summary: 'Find out why fal refuses a key, and who can help',
          load: () => import('./commands/keys/diagnose.ts'),
        },
        reveal: { summary: 'Print a key with its secret', load: () => import('./commands/keys/reveal.ts') },
        rotate: {
          summary: 'Replace a key, and everything that uses it follows',
          load: () => import('./commands/keys/rotate.ts'),
        },
        reconcile: {
          summary: 'Compare the vault, the database and fal, and tidy up',
          load: () => import('./commands/keys/reconcile.ts'),
        },
        revoke: { summary: 'Revoke a key at fal', load: () => import('./commands/keys/revoke.ts') },
        forget: {
          summary: 'Delete a key’s secret from this machine only',
          load: () => import('./commands/keys/forget.ts'),
        },
      },
    },
    find: {
      summary: 'Find copies of your keys in files and git history',
      load: () => import('./commands/find/find.ts'),
    },
    profiles: {
      summary: 'Manage profiles: an account and one of its keys',
      commands: {
        list: { summary: 'List profiles', alias: 'ls', load: () => import('./commands/profiles/list.ts') },
        show: { summary: 'Show one profile', load: () => import('./commands/profiles/show.ts') },
        create: { summary: 'Create a profile', load: () => import('./commands/profiles/create.ts') },
        rename: { summary: 'Rename a profile', load: () => import('./commands/profiles/rename.ts') },
        delete: {
          summary: 'Delete a profile and keep its key',
          alias: 'rm',
          load: () => import('./commands/profiles/delete.ts'),
        },
        set: {
          summary: 'Change a profile’s key, account, host, color or note',
          load: () => import('./commands/profiles/set.ts'),
        },
      },
    },
    switch: {
      summary: 'Switch to a profile, or to none',
      load: () => import('./commands/profiles/switch.ts'),
    },
    current: { summary: 'Print the current profile', load: () => import('./commands/profiles/current.ts') },
    pin: { summary: 'Pin a folder to a profile', load: () => import('./commands/profiles/pin.ts') },
    unpin: { summary: 'Remove a folder’s pin', load: () => import('./commands/profiles/unpin.ts') },
    which: {
      summary: 'Show which key is active here, and why',
      load: () => import('./commands/machine/which.ts'),
    },
  },
  'Use a key': {
    run: { summary: 'Run a command with a profile’s key', load: () => import('./commands/shells/run.ts') },
    env: {
      summary: 'Print a profile’s key for a shell or file',
      load: () => import('./commands/shells/env.ts'),
    },
    export: {
      summary: 'Write a profile’s key into a file, or into GitHub Actions',
      load: () => import('./commands/exports/export.ts'),
    },
    hook: { summary: 'Print a shell’s prompt hook', load: () => import('./commands/shells/hook.ts') },
    snippet: {
      summary: 'Print code that calls a model with a profile’s key',
      load: () => import('./commands/snippets/snippet.ts'),
    },
    falcli: {
      summary: 'Compare, import and sync with the fal CLI',
      commands: {
        status: {
          summary: 'Compare the fal CLI’s profiles with Varvel’s',
          load: () => import('./commands/falcli/status.ts'),
        },
        import: {
          summary: 'Import profiles and keys from the fal CLI',
          load: () => import('./commands/falcli/import.ts'),
        },
        apply: {
          summary: 'Use the current profile in the fal CLI',
          load: () => import('./commands/falcli/apply.ts'),
        },
        undo: {
          summary: 'Undo Varvel’s last change to the fal CLI’s file',
          load: () => import('./commands/falcli/undo.ts'),
        },
      },
    },
  },
  'History and spend': {
    usage: {
      summary: 'Show spend by key, model, day or member',
      load: () => import('./commands/activity/usage.ts'),
    },
    budget: {
      summary: 'Set budgets, and see what is spent of them',
      commands: {
        list: {
          summary: 'List budgets and what is spent of them',
          alias: 'ls',
          load: () => import('./commands/budgets/list.ts'),
        },
        set: {
          summary: 'Set a budget for an account, a profile or a key',
          load: () => import('./commands/budgets/set.ts'),
        },
        remove: {
          summary: 'Remove a budget',
          alias: 'rm',
          load: () => import('./commands/budgets/remove.ts'),
        },
      },
    },
    activity: {
      summary: 'Show what was done with each key',
      load: () => import('./commands/activity/activity.ts'),
    },
  },
  'This machine': {
    backup: {
      summary: 'Back up keys and profiles to an encrypted file',
      load: () => import('./commands/backup/backup.ts'),
    },
    restore: {
      summary: 'Restore keys and profiles from a backup',
      load: () => import('./commands/backup/restore.ts'),
    },
    vault: {
      summary: 'Unlock, lock or change the passphrase vault',
      commands: {
        status: {
          summary: 'Show which vault is used and whether it is unlocked',
          load: () => import('./commands/vault/status.ts'),
        },
        unlock: {
          summary: 'Unlock the passphrase vault for a while',
          load: () => import('./commands/vault/unlock.ts'),
        },
        passphrase: {
          summary: 'Change the passphrase of the passphrase vault',
          load: () => import('./commands/vault/passphrase.ts'),
        },
        use: {
          summary: 'Choose the vault for new secrets: keychain or file',
          load: () => import('./commands/vault/use.ts'),
        },
        lock: { summary: 'Lock the passphrase vault now', load: () => import('./commands/vault/lock.ts') },
        reset: {
          summary: 'Start over when a keychain or a passphrase vault is lost',
          load: () => import('./commands/vault/reset.ts'),
        },
      },
    },
    settings: {
      summary: 'List and change settings',
      commands: {
        list: { summary: 'List settings', alias: 'ls', load: () => import('./commands/settings/list.ts') },
        set: { summary: 'Change settings', load: () => import('./commands/settings/set.ts') },
      },
    },
    web: { summary: 'Open Varvel in a browser', load: () => import('./commands/servers/web.ts') },
    sandbox: {
      summary: 'Run a local copy of fal to try things out',
      load: () => import('./commands/servers/sandbox.ts'),
    },
    doctor: {
      summary: 'Check that everything works, and how to fix what doesn’t',
      load: () => import('./commands/machine/doctor.ts'),
    },
    completion: {
      summary: 'Print a shell’s completion script',
      load: () => import('./commands/shells/completion.ts'),
    },
    man: { summary: 'Print the manual page', load: () => import('./commands/machine/man.ts') },
  },
};

/** Every command of the program. */
export const commands: CommandTable = Object.assign({}, ...Object.values(sections));
