/** The scheme and host that the window's pages come from, and nothing else does. */
export const scheme = 'varvel';
export const origin = `${scheme}://app`;
export const startPage = `${origin}/`;

/** Whether an address is the window's page, at whichever place in it. */
export const isStartPage = (address: string): boolean => address.split('#')[0] === startPage;
