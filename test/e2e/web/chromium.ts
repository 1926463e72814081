import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';

const paths = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
];

/** A real Chromium, in which evil.example and friend.example lead to this machine. */
export function launchChromium(): Promise<Browser> {
  const executablePath = paths.find((path) => existsSync(path));
  return chromium.launch({
    ...(executablePath !== undefined && { executablePath }),
    args: [
      '--no-sandbox',
      // a GPU that software plays takes half of the time
      '--disable-gpu',
      '--disable-software-rasterizer',
      '--host-resolver-rules=MAP *.example 127.0.0.1',
      // Chromium's own guard of local servers stays out of it: ours has to do without
      '--disable-features=LocalNetworkAccessChecks,BlockInsecurePrivateNetworkRequests,PrivateNetworkAccessSendPreflights',
    ],
  });
}
