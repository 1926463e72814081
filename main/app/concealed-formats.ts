/** A format by the system's own name for it, in Electron's way of writing that. */
const native = (format: string): string => `electron application/osclipboard;format="${format}"`;

/** Windows reads its two marks as a DWORD. */
const no = (): Blob => new Blob([new Uint8Array(4)]);

/**
 * What marks a secret on the clipboard for clipboard managers to leave alone: a convention of each system.
 * macOS: nspasteboard.org. Windows: “Cloud Clipboard and Clipboard History Formats”. Others: KDE's Klipper, whose
 * hint other managers read as well.
 */
export function concealedFormats(platform: NodeJS.Platform): Record<string, Blob> {
  if (platform === 'darwin') return { [native('org.nspasteboard.ConcealedType')]: new Blob(['']) };
  if (platform === 'win32') {
    return {
      [native('ExcludeClipboardContentFromMonitorProcessing')]: no(),
      [native('CanIncludeInClipboardHistory')]: no(),
      [native('CanUploadToCloudClipboard')]: no(),
    };
  }
  return { [native('x-kde-passwordManagerHint')]: new Blob(['secret']) };
}
