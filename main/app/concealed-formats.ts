/** A native clipboard format, in Electron's notation. */
const native = (format: string): string => `electron application/osclipboard;format="${format}"`;

/** A DWORD of zero, which is how Windows reads “no”. */
const zero = (): Blob => new Blob([new Uint8Array(4)]);

/**
 * The formats that ask clipboard managers not to record a secret.
 * macOS: nspasteboard.org. Windows: “Cloud Clipboard and Clipboard History Formats”. Linux: KDE's Klipper, whose hint
 * other managers read too.
 */
export function concealedFormats(platform: NodeJS.Platform): Record<string, Blob> {
  if (platform === 'darwin') return { [native('org.nspasteboard.ConcealedType')]: new Blob(['']) };
  if (platform === 'win32') {
    return {
      [native('ExcludeClipboardContentFromMonitorProcessing')]: zero(),
      [native('CanIncludeInClipboardHistory')]: zero(),
      [native('CanUploadToCloudClipboard')]: zero(),
    };
  }
  return { [native('x-kde-passwordManagerHint')]: new Blob(['secret']) };
}
