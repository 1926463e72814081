import { createHash } from 'node:crypto';

const style = `
:root{color-scheme:light dark}
body{margin:0;min-height:100vh;display:grid;place-items:center;background:#faf8f3;color:#221d14;
font:16px/1.5 system-ui,sans-serif}
main{max-width:26rem;padding:2rem;text-align:center}
.ring{width:2.5rem;height:2.5rem;margin:0 auto 1.25rem;border:.4rem solid #9a6a10;border-radius:50%}
h1{margin:0 0 .5rem;font-size:1.25rem;font-weight:600}
p{margin:0}
@media (prefers-color-scheme:dark){body{background:#1b1812;color:#efe9dc}.ring{border-color:#d09a35}}
`;

/** What the browser shows after a sign-in. Static: it contains nothing from the request. */
export const callbackPage = `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Varvel</title><style>${style}</style></head>
<body><main><div class="ring"></div><h1>Return to Varvel</h1>
<p>You can close this page.</p></main></body></html>
`;

const styleHash = createHash('sha256').update(style).digest('base64');

/** For every answer: the page loads nothing, and is not cached, framed or sent as a referrer. */
export const callbackHeaders = {
  'Content-Security-Policy':
    `default-src 'none'; style-src 'sha256-${styleHash}'; ` +
    "frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
  'Cache-Control': 'no-store',
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
  'Cross-Origin-Opener-Policy': 'same-origin',
};
