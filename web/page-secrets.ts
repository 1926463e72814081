/** Stands in the page that a running program serves. */
export interface PageSecrets {
  /** What the program proves that it knows, before the page sends it anything else: another program on its port can't. */
  instance: string;
  /** What the page sends with each call: a page of another program, left over in the browser, can't. */
  window: string;
}

export const metaNames: Record<keyof PageSecrets, string> = {
  instance: 'varvel-instance',
  window: 'varvel-window',
};

/** Where a page asks for the proof, without its cookie: the answer is the HMAC-SHA-256 of what it sends, under `instance`, as hexadecimal. */
export const proofPath = '/proof';

/** The header that a call's window is proven by, and the parameter of its socket's URL. */
export const windowHeader = 'x-varvel-window';
export const windowParameter = 'window';

/** Puts them into the page, before any script. */
export const withSecrets = (html: string, { instance, window }: PageSecrets): string =>
  html.replace(
    /<script\b/i,
    `<meta name="${metaNames.instance}" content="${instance}"><meta name="${metaNames.window}" content="${window}">$&`,
  );
