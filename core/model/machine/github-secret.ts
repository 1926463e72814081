/** Where GitHub Actions read a key: a secret of a repository, or of one of its deployment environments. */
export interface GithubTarget {
  /** `OWNER/REPO` at github.com; `HOST/OWNER/REPO` at another GitHub. */
  repository: string;
  /** Null for the repository itself. */
  environment: string | null;
  /** The secret's name. */
  variable: string;
}

/** A secret that a key was exported to. GitHub tells nobody its value, so only this says which key it has. */
export interface GithubSecret extends GithubTarget {
  profile: string;
  keyId: string;
  /** When it was set, in milliseconds since 1970. */
  at: number;
}

/** `fresh`: it has the profile's key; `stale`: the profile has another one now. */
export const githubSecretStates = ['fresh', 'stale'] as const;

/** A secret as the faces show it. */
export interface GithubSecretView extends GithubSecret {
  state: (typeof githubSecretStates)[number];
}

/** Where a secret is, for people: `acme/shop`, `acme/shop (production)`. */
export const githubPlace = ({ repository, environment }: Omit<GithubTarget, 'variable'>): string =>
  environment === null ? repository : `${repository} (${environment})`;
