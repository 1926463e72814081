import type { profileColors } from '../../core/model/profile.ts';

/** What goes wrong in a key's test. */
export type Trouble = 'none' | 'revoked' | 'busy' | 'failing';

interface DemoProfile {
  name: string;
  color: (typeof profileColors)[number];
  note: string;
}

interface DemoKey {
  alias: string;
  /** Nickname. */
  account: string;
  scope?: 'API' | 'ADMIN';
  /** Its profile. */
  profile?: DemoProfile;
  trouble?: Trouble;
  /** A temporary key's time, in milliseconds. */
  ttlMs?: number;
}

/** Who is signed in. The last one's method is shown first. */
export const people = [
  { connection: 'google', person: 'grace' },
  { connection: 'example.com', person: 'ada-sso' },
  { connection: 'github', person: 'ada' },
] as const;

/** The keys to create, besides the sandbox's existing keys, whose secrets are lost. */
export const keys: readonly DemoKey[] = [
  {
    alias: 'pictures',
    account: 'ada',
    profile: { name: 'studio', color: 'brass', note: 'Everyday pictures, paid from my own balance.' },
  },
  {
    alias: 'fine-tunes',
    account: 'ada',
    scope: 'ADMIN',
    profile: { name: 'studio-admin', color: 'red', note: 'Deploys my own apps. Not for scripts.' },
  },
  { alias: 'evaluation', account: 'ada', ttlMs: 8 * 3_600_000 },
  { alias: 'workshop-2025', account: 'ada' },
  {
    alias: 'staging',
    account: 'falconers',
    profile: { name: 'falconers-staging', color: 'green', note: 'For the build machines.' },
  },
  {
    alias: 'production',
    account: 'falconers',
    scope: 'ADMIN',
    profile: {
      name: 'falconers-production',
      color: 'red',
      note: 'Ask before you rotate this one: three services use it.',
    },
  },
  {
    alias: 'render-farm',
    account: 'falconers',
    profile: { name: 'falconers-render', color: 'teal', note: 'The render farm. Its key was renewed.' },
  },
  { alias: 'render-farm-2', account: 'falconers' },

  {
    alias: 'nightly',
    account: 'night-shift',
    profile: { name: 'night-shift', color: 'indigo', note: 'Runs at 02:00.' },
    trouble: 'busy',
  },
  {
    alias: 'batch',
    account: 'night-shift',
    profile: { name: 'night-shift-batch', color: 'indigo', note: 'The big batches, at weekends.' },
    trouble: 'failing',
  },
  {
    alias: 'reports',
    account: 'mews',
    scope: 'ADMIN',
    profile: { name: 'mews-reports', color: 'slate', note: 'Usage of all teams, for the monthly report.' },
  },
  {
    alias: 'kestrel',
    account: 'ada-example',
    profile: { name: 'client-kestrel', color: 'blue', note: 'Kestrel’s site, paid by the client.' },
  },
  {
    alias: 'merlin',
    account: 'ada-example',
    profile: { name: 'client-merlin', color: 'violet', note: 'Ended in May; their key was revoked.' },
    trouble: 'revoked',
  },
  {
    alias: 'renders',
    account: 'grace',
    profile: { name: 'grace', color: 'teal', note: 'Grace’s own account: top it up first.' },
  },
];

/** A profile that has no key yet. */
export const keyless: DemoProfile & { account: string } = {
  name: 'workshop',
  color: 'slate',
  note: 'Needs a key for the workshop.',
  account: 'ada',
};

/** The fal CLI's config file. @param key in plain text, as the CLI stores it */
export const falConfig = (key: string): string => `# written by hand; fal's own CLI drops this line
[__internal__]
profile = "notebook"

[notebook]
key = "${key}"

[staging]
host = "api.alpha.fal.ai"
`;

/** A start-up file with a key that overrides every profile. */
export const startUpFile = (key: string): string => `alias ll='ls -l'
# for the notebook
export FAL_KEY=${key}
`;
