/** The two Electron IPC channels of the bridge; the web view uses a socket instead. */
export const callChannel = 'varvel:call';
/** Carries the event's name and its payload. */
export const eventChannel = 'varvel:event';
