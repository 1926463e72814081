/** The shells that have a prompt hook; see docs/shells.md. */
export const hookShells = ['bash', 'zsh', 'fish', 'pwsh'] as const;
export type HookShell = (typeof hookShells)[number];
