/** The scheme and host of the window's pages, used for nothing else. */
export const scheme = 'varvel';
export const origin = `${scheme}://app`;
export const startPage = `${origin}/`;

/** Whether an address is the window's page, ignoring its fragment. */
export const isStartPage = (address: string): boolean => address.split('#')[0] === startPage;
