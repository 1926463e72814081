import manifest from '../package.json' with { type: 'json' };

/** From package.json. */
export const version: string = manifest.version;
