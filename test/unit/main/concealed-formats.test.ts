import { expect, test } from 'vitest';
import { concealedFormats } from '../../../main/app/concealed-formats.ts';

test.each([
  ['darwin', ['org.nspasteboard.ConcealedType']],
  [
    'win32',
    [
      'ExcludeClipboardContentFromMonitorProcessing',
      'CanIncludeInClipboardHistory',
      'CanUploadToCloudClipboard',
    ],
  ],
  ['linux', ['x-kde-passwordManagerHint']],
] as const)(
  'on %s a copied secret carries the marks that clipboard managers know',
  async (platform, marks) => {
    const formats = concealedFormats(platform);
    expect(Object.keys(formats)).toEqual(
      marks.map((mark) => `electron application/osclipboard;format="${mark}"`),
    );
    const texts = await Promise.all(Object.values(formats).map((blob) => blob.text()));
    expect(texts).toEqual({ darwin: [''], win32: Array(3).fill('\0\0\0\0'), linux: ['secret'] }[platform]);
  },
);
