/** The two channels of Electron's IPC that the bridge runs over; the web view has a socket instead. */
export const callChannel = 'varvel:call';
/** Carries the event's name and its payload. */
export const eventChannel = 'varvel:event';
