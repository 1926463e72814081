/** Names the running program in its page. */
export const instanceMeta = 'varvel-instance';

/** Puts the running program's name into its page, before any script. What says the same on the page's socket is that program. */
export const withInstance = (html: string, instance: string): string =>
  html.replace(/<script\b/i, `<meta name="${instanceMeta}" content="${instance}">$&`);
